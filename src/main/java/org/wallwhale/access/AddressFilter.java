package org.wallwhale.access;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.wallwhale.audit.Actor;
import org.wallwhale.audit.Refusals;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.rest.ErrorServlet;
import org.wallwhale.rest.RequestId;

/**
 * Refuses whom the address rules do not admit, at every path, with FORBIDDEN; only the health of the server may always be asked
 * from its own machine.
 */
public class AddressFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    @Inject
    private transient ClientAddress addresses;
    @Inject
    private transient Refusals refusals;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (addresses.isAdmitted(request) || isHealth(request.getServletPath()) && addresses.isLoopback(request)) {
            chain.doFilter(request, response);
            return;
        }
        ProblemException refusal = Problem.FORBIDDEN.because("This server may not be used from your address, " + addresses.of(request)
                + "; its administrator can allow it.");
        record(request, refusal.getMessage());
        ErrorServlet.answer(refusal, request, response);
    }

    private static boolean isHealth(String path) {
        return path.equals("/health") || path.startsWith("/health/");
    }

    private void record(HttpServletRequest request, String why) {
        refusals.add(Actor.stranger(addresses.of(request), RequestId.of(request)), request.getMethod().toLowerCase(Locale.ROOT),
                request.getRequestURI().substring(request.getContextPath().length()), why, Problem.FORBIDDEN.status());
    }
}
