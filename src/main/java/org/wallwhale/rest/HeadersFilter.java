package org.wallwhale.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Puts the request id and the protective headers on every answer, the container's own pages included. What the container refuses
 * before any filter, such as addresses below {@code /WEB-INF}, gets them on the way to the error page.
 */
public class HeadersFilter extends HttpFilter {
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: "
            + "https://*.steamusercontent.com https://steamuserimages-a.akamaihd.net; connect-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    static final Map<String, String> PROTECTIVE = Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer",
            "Content-Security-Policy", POLICY);

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader(RequestId.HEADER, RequestId.of(request));
        PROTECTIVE.forEach(response::setHeader);
        // RFC 9110, section 6.6.1; Payara leaves it to us
        response.setDateHeader("Date", System.currentTimeMillis());
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (path.startsWith("/api/") || path.startsWith("/v1/")) {
            response.setHeader("Cache-Control", "no-store");
        }
        chain.doFilter(request, response);
    }
}
