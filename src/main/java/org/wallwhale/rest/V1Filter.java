package org.wallwhale.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Serves the older spelling {@code /v1} by the same code: one forward to {@code /api/v1}, which links keep naming. */
public class V1Filter extends HttpFilter {
    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (path.startsWith("/v1")) {
            request.getRequestDispatcher("/api" + path).forward(request, response);
        } else {
            // written otherwise, as in %76%31, it is no address of the API, whose filters all go by the address as it was sent
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
