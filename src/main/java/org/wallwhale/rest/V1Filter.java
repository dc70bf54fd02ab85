package org.wallwhale.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/** Serves the older spelling {@code /v1} by the same code: one forward to {@code /api/v1}, which links keep naming. */
public class V1Filter extends HttpFilter {
    /**
     * WildFly closes a forwarded answer by its writer, unless it has none, and with one it would name a charset that the bytes are not
     * in.
     */
    private static final class Bytes extends HttpServletResponseWrapper {
        Bytes(HttpServletResponse response) {
            super(response);
        }

        @Override
        public PrintWriter getWriter() {
            throw new IllegalStateException("Answers are written as bytes");
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (path.startsWith("/v1")) {
            request.getRequestDispatcher("/api" + path).forward(request, new Bytes(response));
        } else {
            // written otherwise, as in %76%31, it is no address of the API, whose filters all go by the address as it was sent
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
