package org.wallwhale.rest;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.attributes.AttributeStorage;

/**
 * Tells Payara Micro that streams of HTTP/2 have ended whose requests had a body. Payara 6.2025.10 takes note of that for those without
 * one alone, and keeps the others, 25 kB each, until their connection ends: some thousand POSTs by one client filled the memory.
 */
final class PayaraStreams {
    private static final Logger LOG = System.getLogger(PayaraStreams.class.getName());
    private static final String ENDED = PayaraStreams.class.getName();
    /** The end of a body may come after the answer; on a stream that is no more it would end the connection. */
    private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static volatile Method end;
    private static volatile boolean told;

    private PayaraStreams() {
    }

    private record Ended(AttributeStorage stream, long atNanos) {
    }

    /** {@code stream} was answered just now. Those that were before it for long enough go with it. */
    static void answered(Connection<?> connection, AttributeStorage stream) {
        if (stream == connection || told) {
            return;
        }
        long now = System.nanoTime();
        Queue<Ended> ended = of(connection);
        ended.add(new Ended(stream, now));
        for (Ended oldest = ended.peek(); oldest != null && now - oldest.atNanos() > STILL_NANOS; oldest = ended.peek()) {
            if (ended.remove(oldest)) {
                end(oldest.stream());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Queue<Ended> of(Connection<?> connection) {
        synchronized (connection) {
            Queue<Ended> known = (Queue<Ended>) connection.getAttributes().getAttribute(ENDED);
            Queue<Ended> ended = known == null ? new ConcurrentLinkedQueue<>() : known;
            connection.getAttributes().setAttribute(ENDED, ended);
            return ended;
        }
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
