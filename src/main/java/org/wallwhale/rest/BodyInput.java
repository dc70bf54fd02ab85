package org.wallwhale.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes what a client sends as it comes, and sends the request on its way once all of it is there. */
final class BodyInput implements ReadListener, AsyncListener {
    private static final int CHUNK_BYTES = 8 * 1024;

    private final ServletInputStream in;
    private final ReceivedRequest request;
    private final AsyncContext async;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final AtomicBoolean decided = new AtomicBoolean();

    BodyInput(ServletInputStream in, ReceivedRequest request, AsyncContext async) {
        this.in = in;
        this.request = request;
        this.async = async;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        while (!decided.get() && in.isReady()) {
            int count = in.read(chunk);
            if (count < 0) {
                return;
            }
            body.write(chunk, 0, count);
            if (body.size() > BodyFilter.LIMIT_BYTES) {
                refuse(413);
            }
        }
    }

    @Override
    public void onAllDataRead() {
        if (decided.compareAndSet(false, true)) {
            request.received(body.toByteArray());
            async.dispatch();
        }
    }

    /** The client is gone, or what it sends is no HTTP. */
    @Override
    public void onError(Throwable thrown) {
        if (decided.compareAndSet(false, true)) {
            async.complete();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        refuse(408);
    }

    private void refuse(int status) throws IOException {
        if (decided.compareAndSet(false, true)) {
            BodyFilter.refuse(status, request, (HttpServletResponse) async.getResponse());
            async.complete();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // nothing is left to do
    }

    @Override
    public void onError(AsyncEvent event) {
        // whoever failed behind the dispatch answers for it
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // what comes behind the dispatch has a clock of its own
    }
}
