package org.wallwhale.rest;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets configured origins call the API from a browser (Fetch standard, CORS protocol). Credentials are keys in headers, never
 * cookies of another origin, so {@code Access-Control-Allow-Credentials} is never sent. A preflight needs no authentication.
 */
public class CorsFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final String REQUEST_HEADERS =
            "content-type, x-api-key, authorization, range, idempotency-key, last-event-id, x-csrf-token";
    private static final String EXPOSED_HEADERS = "content-disposition, content-range, etag, ratelimit, ratelimit-policy, "
            + "retry-after, location, link, x-request-id, idempotency-replayed";
    @Inject
    private transient CorsConfig config;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        response.addHeader("Vary", "Origin");
        if (origin == null || !config.allows(origin)) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Expose-Headers", EXPOSED_HEADERS);
        if (request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null) {
            response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
            response.setHeader("Access-Control-Allow-Headers", REQUEST_HEADERS);
            response.setHeader("Access-Control-Max-Age", "3600");
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        chain.doFilter(request, response);
    }
}
