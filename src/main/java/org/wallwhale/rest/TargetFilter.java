package org.wallwhale.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.wallwhale.problem.Problem;

/**
 * Refuses addresses that cannot be read and ends their connections, where the server lets them come as far as this: WildFly does
 * with some, which it decodes in its own way. On Payara {@link PayaraAddressFilter} comes before it.
 */
public class TargetFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> fault = RequestTarget.fault(request.getRequestURI(), request.getHeader("Host"));
        if (fault.isEmpty()) {
            chain.doFilter(request, response);
        } else {
            response.setHeader("Connection", "close");
            ErrorServlet.answer(Problem.MALFORMED.because(fault.get()), request, response);
        }
    }
}
