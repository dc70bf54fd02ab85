package org.wallwhale.rest;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A request whose answer may take its reader long. The body goes through the servlet's non-blocking output, so that no thread
 * belongs to a reader; the suspended JAX-RS answer is resumed at the end, see docs/adr/0005.
 *
 * @param stallAfter how long the reader may take nothing
 * @param watch is given what cuts a body off, when that is on its way, and gives what is to be run when it has ended
 */
public record Exchange(HttpServletRequest request, HttpServletResponse response, AsyncResponse answer, Duration stallAfter,
        UnaryOperator<Runnable> watch) {
    /** The attribute of a request with a {@link Runnable} that ends its stream or connection at once, where the server lets that be done. */
    static final String HANG_UP = "org.wallwhale.rest.hang-up";
    /** The attribute of a request that may be answered past the servlet's output; see {@link PayaraOutput}. */
    static final String CONNECTION = "org.wallwhale.rest.connection";

    void send(Response head) {
        answer.resume(head);
    }

    /**
     * Sends the head and then {@code body}, which is closed at the end, also where that is before its first byte; to be called by the
     * thread of the request.
     */
    void send(Response head, long length, OpenRange body) throws IOException {
        try {
            begin(head, length, body);
        } catch (IOException | RuntimeException e) {
            body.bytes().close();
            throw e;
        }
    }

    private void begin(Response head, long length, OpenRange body) throws IOException {
        response.setStatus(head.getStatus());
        response.setContentType(head.getMediaType().toString());
        response.setContentLengthLong(length);
        MultivaluedMap<String, String> headers = head.getStringHeaders();
        headers.keySet().stream().filter(name -> !name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE))
                .forEach(name -> response.setHeader(name, headers.getFirst(name)));
        Outgoing outgoing = new Outgoing(body, answer, head.getStatus(), stallAfter, RequestId.of(request));
        Object connection = request.getAttribute(CONNECTION);
        if (connection != null) {
            response.flushBuffer();
            PayaraOutput.start(outgoing, connection);
        } else {
            if (request.getAttribute(HANG_UP) instanceof Runnable hangUp) {
                outgoing.onCut(hangUp);
            }
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new BodyOutput(outgoing, out, request.getAsyncContext()));
        }
        outgoing.onEnd(watch.apply(outgoing::cut));
    }
}
