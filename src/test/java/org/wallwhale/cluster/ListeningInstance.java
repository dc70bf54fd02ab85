package org.wallwhale.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.wallwhale.Beans;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.database.TestPostgres;

/** The beans of one instance that listens to the others of its PostgreSQL, and what was fired in it. */
public final class ListeningInstance implements AutoCloseable {
    private final List<Object> fired = new CopyOnWriteArrayList<>();
    private final Beans beans;
    private final Thread thread;

    /** {@code address} of the database as in {@code wallwhale.db.url}; listens on return, if it is a PostgreSQL that is there. */
    public ListeningInstance(Path data, String id, String address, TestDatabase database) {
        beans = new Beans(database, Map.of("wallwhale.data-dir", data.toString(), "wallwhale.instance-id", id, "wallwhale.db.url", address,
                "wallwhale.db.user", TestPostgres.USER, "wallwhale.sandbox.enabled", "true"));
        beans.put(Event.class, (Event<?>) Proxy.newProxyInstance(Event.class.getClassLoader(), new Class<?>[] {Event.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("fire")) {
                        fired.add(arguments[0]);
                    }
                    return null;
                }));
        thread = new Thread(notifier()::run, "notifier of " + id);
        thread.start();
    }

    public Beans beans() {
        return beans;
    }

    public Notifier notifier() {
        return beans.get(Notifier.class);
    }

    /** Of that type, until now. */
    public <T> List<T> heard(Class<T> type) {
        return fired.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public Stream<String> texts(String topic) {
        return heard(Notified.class).stream().filter(news -> news.topic().equals(topic)).flatMap(news -> news.texts().stream());
    }

    public void forgetWhatWasHeard() {
        fired.clear();
    }

    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    boolean isListening() {
        return thread.isAlive();
    }

    /** Returns when its thread has ended. */
    @Override
    public void close() throws InterruptedException {
        notifier().end();
        thread.join();
    }
}
