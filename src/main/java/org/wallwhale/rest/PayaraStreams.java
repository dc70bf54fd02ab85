package org.wallwhale.rest;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.attributes.AttributeStorage;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.memory.Buffers;

/**
 * Tells Payara Micro that streams of HTTP/2 have ended whose requests had a body. Payara 6.2025.10 takes note of that for those without
 * one alone, and keeps the others, 25 kB each, until their connection ends: some thousand POSTs by one client filled the memory.
 */
final class PayaraStreams {
    private static final Logger LOG = System.getLogger(PayaraStreams.class.getName());
    private static final String ENDED = PayaraStreams.class.getName();
    /** The end of a body may come after the answer; on a stream that is no more it would end the connection. As many as a client may have open. */
    private static final int STILL = 100;
    /** RFC 9113, 6.4: the length of the payload, RST_STREAM, no flags. */
    private static final byte[] RESET = {0, 0, 4, 3, 0};
    private static final int CANCEL = 8;
    private static volatile Method end;
    private static volatile boolean told;

    private PayaraStreams() {
    }

    /** What ends the answer to {@code request} before its last byte: with its connection, or its stream, so that the client is told. */
    static Runnable hangUp(Connection<?> connection, HttpRequestPacket request) {
        Closeable stream = request.getProcessingState().getHttpContext().getCloseable();
        return stream == connection ? connection::terminateSilently : () -> reset(connection, stream);
    }

    /** Payara itself ends a stream without a word. */
    @SuppressWarnings("unchecked")
    private static void reset(Connection<?> connection, Closeable stream) {
        try {
            int id = (Integer) stream.getClass().getMethod("getId").invoke(stream);
            stream.terminateSilently();
            ByteBuffer frame = ByteBuffer.allocate(RESET.length + 8).put(RESET).putInt(id).putInt(CANCEL);
            ((Connection<Object>) connection).write(Buffers.wrap(connection.getMemoryManager(), frame.array()));
        } catch (ReflectiveOperationException | RuntimeException e) {
            connection.terminateSilently();
        }
    }

    /** {@code stream} was answered just now. The oldest of more than a hundred goes with it. */
    static void answered(Connection<?> connection, AttributeStorage stream) {
        if (stream == connection || told) {
            return;
        }
        AttributeStorage oldest;
        synchronized (connection) {
            Queue<AttributeStorage> still = of(connection);
            still.add(stream);
            oldest = still.size() > STILL ? still.remove() : null;
        }
        if (oldest != null) {
            end(oldest);
        }
    }

    @SuppressWarnings("unchecked")
    private static Queue<AttributeStorage> of(Connection<?> connection) {
        Queue<AttributeStorage> known = (Queue<AttributeStorage>) connection.getAttributes().getAttribute(ENDED);
        if (known == null) {
            known = new ArrayDeque<>();
            connection.getAttributes().setAttribute(ENDED, known);
        }
        return known;
    }

    private static void end(Object stream) {
        try {
            if (end == null) {
                Method method = stream.getClass().getDeclaredMethod("onReceiveEndOfStream");
                method.setAccessible(true);
                end = method;
            }
            end.invoke(stream);
        } catch (ReflectiveOperationException | RuntimeException e) {
            told = true;
            LOG.log(Level.WARNING, "Streams of HTTP/2 stay in memory for as long as Payara keeps them", e);
        }
    }
}
