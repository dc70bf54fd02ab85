package org.wallwhale.cluster;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.wallwhale.metrics.Loops;

/** This instance among the others, from its start to its stop: it shows every five seconds that it lives, and listens to them. */
@ManagedScheduledExecutorDefinition(name = "java:app/concurrent/cluster", maxAsync = 2)
@ApplicationScoped
public class Cluster {
    private static final Logger LOG = System.getLogger(Cluster.class.getName());
    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final int LAST_NEWS_SECONDS = 2;
    private static final Duration STUCK = Duration.ofSeconds(30);
    @Inject
    private MembershipService members;
    @Inject
    private Notifier notifier;
    @Inject
    private Loops loops;
    @Resource(lookup = "java:app/concurrent/cluster")
    private ManagedScheduledExecutorService threads;
    private Future<?> listening;
    private Future<?> beating;
    private volatile int slots;
    private volatile IntSupplier running = () -> 0;

    /** What the list of instances shows of the work here; {@code now} must not wait. */
    public void runs(int atTheSameTime, IntSupplier now) {
        slots = atTheSameTime;
        running = now;
    }

    /** Takes this instance's place, with what it was told of the work here. */
    public void start() {
        listening = threads.submit(notifier::run);
        beating = threads.scheduleWithFixedDelay(loops.every(BEAT, "show the others that it lives", this::beat), 0, BEAT.toSeconds(),
                TimeUnit.SECONDS);
    }

    /** Gives it up, after all else that this instance still has to tell. Does nothing when it never started. */
    public void stop() {
        if (beating == null) {
            return;
        }
        beating.cancel(false);
        notifier.end();
        try {
            listening.get(LAST_NEWS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.DEBUG, "The last notifications may not be sent; polling finds what they told.", e);
        }
        try {
            members.leave();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "This instance could not be taken off the list; it counts as gone in 15 seconds.", e);
        }
    }

    private void beat() {
        notifier.breakIfStuck(STUCK);
        members.beat(slots, running.getAsInt());
    }
}
