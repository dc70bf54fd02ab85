package org.wallwhale.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.wallwhale.database.DatabaseConfig;
import org.wallwhale.database.NotificationChannel;

/**
 * Tells the other instances of this PostgreSQL what was committed here, at most twenty times a second, and this one what was
 * committed there. Nothing may rely on it: a notification can be lost, and then polling finds what it told. On H2, which one
 * instance has for itself, it does nothing.
 */
@ApplicationScoped
public class Notifier {
    private static final Logger LOG = System.getLogger(Notifier.class.getName());
    private static final int PAUSE_MILLIS = 50;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final int MOST_DOUBLINGS = 4;
    private final CountDownLatch end = new CountDownLatch(1);
    private DatabaseConfig database;
    private Outbox outbox;
    private String self;
    private Event<Notified> notified;
    private Event<NewsMissed> missed;
    private final Set<String> useless = new HashSet<>();
    private int failures;
    private volatile NotificationChannel open;
    private volatile long turnedAt;

    Notifier() {
    }

    @Inject
    Notifier(DatabaseConfig database, Instance instance, Event<Notified> notified, Event<NewsMissed> missed) {
        this.database = database;
        this.self = instance.bootId();
        this.outbox = new Outbox(self);
        this.notified = notified;
        this.missed = missed;
    }

    /** Never waits. {@code text} says which things of the topic were changed by their ids alone; no line break. */
    public void tell(String topic, String text) {
        tell(topic, text, text);
    }

    /** The same for what is only worth telling in its newest state: an earlier text of the same key that still waits is dropped. */
    public void tell(String topic, String key, String text) {
        if (database.isPostgreSql()) {
            outbox.add(topic, key, text);
        }
    }

    /** Whether there are others to hear of. */
    boolean isNeeded() {
        return database.isPostgreSql();
    }

    /** Whether the connection is there, as far as is known: a silent one is asked every ten seconds. */
    boolean isListening() {
        return open != null;
    }

    /** Sends and listens until {@link #end}, in the calling thread. */
    void run() {
        while (database.isPostgreSql() && !isEnded(0)) {
            try (NotificationChannel channel = NotificationChannel.open(database)) {
                fire(News.EVERYTHING.topic(), List.of());
                turnedAt = System.nanoTime();
                open = channel;
                exchange(channel);
            } catch (Throwable e) {
                // also an Error: without this thread nothing would be told or heard until the next start
                outbox.collapse();
                LOG.log(failures == 0 ? Level.WARNING : Level.DEBUG, "Notifications between instances are interrupted; until they are "
                        + "back, polling finds what happens.", e);
                open = null;
                isEnded(FIRST_RETRY_MILLIS << Math.min(failures++, MOST_DOUBLINGS));
            }
        }
        open = null;
    }

    /** Breaks a connection that nothing came back from for so long: in the middle of a message the driver waits without a limit. */
    void breakIfStuck(Duration limit) {
        NotificationChannel stuck = open;
        if (stuck != null && System.nanoTime() - turnedAt > limit.toNanos()) {
            stuck.abort();
        }
    }

    void end() {
        end.countDown();
    }

    private void exchange(NotificationChannel channel) throws SQLException {
        long checked = System.nanoTime();
        for (long sent = checked; !isEnded(0);) {
            channel.receive(PAUSE_MILLIS).forEach(this::hear);
            long now = System.nanoTime();
            turnedAt = now;
            if (now - sent >= PAUSE_NANOS) {
                send(channel);
                sent = now;
            }
            if (now - checked > CHECK_NANOS) {
                channel.check();
                checked = now;
                wellAgain();
            }
        }
        while (send(channel)) {
            // all that is left
        }
    }

    /** False when there was nothing. */
    private boolean send(NotificationChannel channel) throws SQLException {
        Optional<String> payload = outbox.next();
        if (payload.isPresent()) {
            channel.send(payload.get());
        }
        return payload.isPresent();
    }

    private void hear(String payload) {
        Map<String, List<String>> topics = News.of(payload, self).stream().collect(Collectors.groupingBy(News::topic, LinkedHashMap::new,
                Collectors.mapping(News::text, Collectors.toList())));
        topics.forEach(this::fire);
    }

    /** Texts that do not go together go each by itself: another version may write some in a form that is of no use here. */
    private void fire(String topic, List<String> texts) {
        try {
            if (topic.equals(News.EVERYTHING.topic())) {
                missed.fire(new NewsMissed());
            } else {
                notified.fire(new Notified(topic, texts));
            }
        } catch (Throwable e) {
            if (texts.size() > 1) {
                texts.forEach(text -> fire(topic, List.of(text)));
                return;
            }
            LOG.log(useless.add(topic) ? Level.WARNING : Level.DEBUG, "A notification about " + topic
                    + " was of no use here; polling finds what it told.", e);
        }
    }

    /** Only a connection that holds for a while ends an interruption, or one that comes and goes would fill the log. */
    private void wellAgain() {
        if (failures > 0) {
            failures = 0;
            LOG.log(Level.INFO, "Notifications between instances are back.");
        }
    }

    /** Waits for that long at most. */
    private boolean isEnded(long millis) {
        try {
            return end.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
