package org.wallwhale.rest;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets no request further before its body is there, so that a slow sender holds no thread: 408 when it takes too long, 413 when
 * there is more than 256 KiB. What comes behind reads from memory. Whoever sends head and body at once passes straight through.
 */
public class BodyFilter extends HttpFilter {
    static final int LIMIT_BYTES = 256 * 1024;
    private static final long serialVersionUID = 1;
    @Inject
    private transient RestConfig config;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long length = request.getContentLengthLong();
        if (length <= 0 && request.getHeader("Transfer-Encoding") == null) {
            chain.doFilter(request, response);
        } else if (length > LIMIT_BYTES) {
            refuse(413, request, response);
        } else {
            ServletInputStream body = request.getInputStream();
            if (length > 0 && body.available() >= length) {
                chain.doFilter(request, response);
            } else {
                await(request, response, body);
            }
        }
    }

    private void await(HttpServletRequest request, HttpServletResponse response, ServletInputStream body) {
        ReceivedRequest received = new ReceivedRequest(request);
        AsyncContext async = request.startAsync(received, response);
        async.setTimeout(config.bodyWithin().toMillis());
        BodyInput input = new BodyInput(body, received, async);
        async.addListener(input, received, response);
        body.setReadListener(input);
    }

    /** The connection ends with it, because the rest of the body is still to come. */
    static void refuse(int status, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Connection", "close");
        ErrorServlet.answer(Faults.ofStatus(status), request, response);
    }
}
