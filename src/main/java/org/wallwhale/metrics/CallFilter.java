package org.wallwhale.metrics;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Stream;
import org.wallwhale.problem.Problem;

/**
 * Counts every request once, however it is answered, and every refusal. Streams and large bodies, which go on after the chain,
 * count when they have begun. What the container refuses before any filter is met on the way to the error page.
 */
public class CallFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    @Inject
    private transient CallMetrics metrics;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (Call.of(request) != null) {
            chain.doFilter(request, response);
            return;
        }
        Call call = new Call(response);
        call.attachTo(request);
        String method = request.getMethod();
        String path = request.getRequestURI().substring(request.getContextPath().length());
        boolean answered = false;
        try {
            chain.doFilter(request, call);
            answered = true;
        } finally {
            int status = answered ? call.status() : 500;
            metrics.count(method, call.route() == null ? Route.outsideTheApi(path) : call.route(), status, call.nanos());
            if (CallMetrics.isRefusal(status)) {
                metrics.countRefusal(problem(request, status));
            }
        }
    }

    /** Where the container refused in its own words, the first that has the status. */
    private static Problem problem(HttpServletRequest request, int status) {
        return request.getAttribute(Problem.class.getName()) instanceof Problem told && told.status() == status ? told
                : Stream.of(Problem.values()).filter(one -> one.status() == status).findFirst().orElseThrow();
    }
}
