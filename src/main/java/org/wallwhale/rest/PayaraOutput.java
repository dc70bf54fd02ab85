package org.wallwhale.rest;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.ssl.SSLUtils;

/**
 * Sends a body on Payara Micro without copying what lies in files: the operating system takes it from the disk's cache to the
 * socket (sendfile). Everything else goes into the connection's own queue, a chunk at a time. The container says when a chunk
 * has left it; then nothing else waits for the socket, and it takes files again. See docs/adr/0005.
 */
final class PayaraOutput implements CompletionHandler<WriteResult<Buffer, SocketAddress>> {
    /** Small, because a copied chunk leads in each piece of a file. */
    private static final int CHUNK_BYTES = 16 * 1024;

    private final Outgoing body;
    private final TCPNIOConnection connection;

    private PayaraOutput(Outgoing body, TCPNIOConnection connection) {
        this.body = body;
        this.connection = connection;
    }

    /** Notes how to hang up, and the connection if it is one that carries bytes as they are, and one answer at a time: neither TLS nor HTTP/2. */
    static void offer(FilterChainContext context, HttpRequestPacket request) {
        request.setAttribute(Exchange.HANG_UP, PayaraStreams.hangUp(context.getConnection(), request));
        if (context.getConnection() instanceof TCPNIOConnection connection && SSLUtils.getSSLEngine(connection) == null
                && request.getProcessingState().getHttpContext().getOutputSink() == connection) {
            request.setAttribute(Exchange.CONNECTION, connection);
        }
    }

    /** Begins after the head, which the container has. */
    static void start(Outgoing body, Object connection) {
        PayaraOutput output = new PayaraOutput(body, (TCPNIOConnection) connection);
        body.onCut(output.connection::terminateSilently);
        output.send(false);
    }

    /** @param alone whether nothing that is to go before waits for the socket */
    private void send(boolean alone) {
        try {
            do {
                if (body.waits(() -> goOn(alone))) {
                    return;
                }
            } while (alone && isSent());
            queueChunk();
        } catch (IOException | RuntimeException e) {
            // the client is gone, or what it should get is: nobody can be told but by the end of the connection
            body.cut();
        }
    }

    private boolean isSent() {
        if (body.sendTo((SocketChannel) connection.getChannel()) == 0) {
            return false;
        }
        body.taken();
        return true;
    }

    private void queueChunk() throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        int count = body.read(chunk);
        if (count == 0) {
            body.end();
        } else {
            connection.write(Buffers.wrap(connection.getMemoryManager(), chunk, 0, count), this);
        }
    }

    /** Goes on in a thread that may wait for the disk: this one may be that which serves all sockets. */
    @Override
    public void completed(WriteResult<Buffer, SocketAddress> result) {
        body.taken();
        goOn(true);
    }

    private void goOn(boolean alone) {
        try {
            connection.getTransport().getWorkerThreadPool().execute(() -> send(alone));
        } catch (RejectedExecutionException e) {
            // the server stops
            body.cut();
        }
    }

    @Override
    public void failed(Throwable failure) {
        body.cut();
    }

    @Override
    public void cancelled() {
        body.cut();
    }

    @Override
    public void updated(WriteResult<Buffer, SocketAddress> result) {
        body.taken();
    }
}
