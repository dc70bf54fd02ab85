package org.wallwhale.live;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/**
 * A request that becomes an event stream. The bytes go through the servlet's non-blocking output, because the sinks of JAX-RS
 * cannot tell when a client takes more; the suspended JAX-RS answer is resumed at the end, so that filters see a whole call.
 */
record Connection(HttpServletResponse response, AsyncResponse answer) {
    static final String EVENT_STREAM = "text/event-stream";

    /** Begins the stream; from now on the container calls {@code output}. */
    void open(ServletOutputStream out, EventOutput output) {
        response.setContentType(EVENT_STREAM);
        response.setHeader("X-Accel-Buffering", "no");
        out.setWriteListener(output);
    }

    ServletOutputStream out() throws IOException {
        return response.getOutputStream();
    }

    void close() {
        answer.resume(Response.ok().build());
    }
}
