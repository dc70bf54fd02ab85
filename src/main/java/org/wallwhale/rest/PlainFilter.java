package org.wallwhale.rest;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.wallwhale.problem.Problem;

/**
 * Where this server speaks TLS by itself, sends whoever reads a page without it there, and refuses calls of the API: their credential was
 * readable on the way already, and a client that is redirected would not notice. Only certificate authorities are answered.
 */
public class PlainFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final String CHALLENGE = "/.well-known/acme-challenge";
    private static final int PERMANENT = 308;
    @Inject
    private transient RestConfig config;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // as the server has understood it: what was sent may leave the folder that it begins with
        String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        if (config.tlsPort().isEmpty() || request.isSecure() || request.getServletPath().equals(CHALLENGE)) {
            chain.doFilter(request, response);
        } else if (path.startsWith("/api/") || path.startsWith("/v1/") || !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            ErrorServlet.answer(Problem.FORBIDDEN.because("This server answers by TLS only: call https, and replace the credential that you "
                    + "sent without it."), request, response);
        } else {
            response.setStatus(PERMANENT);
            response.setHeader("Location", address(request));
        }
    }

    private String address(HttpServletRequest request) {
        int port = config.tlsPort().orElseThrow();
        String host = request.getServerName();
        return "https://" + (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + (port == 443 ? "" : ":" + port)
                + request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
    }
}
