package org.wallwhale.store;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.wallwhale.access.Caller;
import org.wallwhale.access.CallerService;
import org.wallwhale.access.CallersChanged;
import org.wallwhale.metrics.Loop;
import org.wallwhale.metrics.Loops;

/**
 * Content that is on its way. It ends when its caller may no longer have it: each transfer is looked at once when it has begun, since its
 * caller may have been let in just before a change, and all of them after every change and once a second, for what nobody tells: a
 * key that expired, another rule for addresses, a look that failed.
 */
@ManagedScheduledExecutorDefinition(name = "java:app/concurrent/transfers", maxAsync = 1)
@ApplicationScoped
public class Transfers {
    private static final Duration LOOK = Duration.ofSeconds(1);
    @Inject
    private TransferWatch watch;
    @Inject
    private CallerService callers;
    @Resource(lookup = "java:app/concurrent/transfers")
    private ManagedScheduledExecutorService thread;
    @Inject
    private Loops loops;
    private Loop look;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile Future<?> looking;

    @PostConstruct
    void prepare() {
        look = loops.every(LOOK, "look whose zips and files end", watch::checkAll);
    }

    /** Looks from now on. */
    public void start() {
        looking = thread.scheduleWithFixedDelay(look, 1, LOOK.toSeconds(), TimeUnit.SECONDS);
    }

    /** No thread is interrupted: that would close H2's file below the others. */
    public void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    /** As {@link org.wallwhale.rest.Exchange} takes it, for one transfer. */
    UnaryOperator<Runnable> to(Caller caller) {
        Caller reader = caller.whileNotRevoked();
        return cut -> {
            TransferWatch.Transfer transfer = watch.begin(reader, () -> callers.isStillValid(reader), cut);
            thread.execute(() -> watch.check(transfer));
            return () -> watch.end(transfer);
        };
    }

    /**
     * The same for whoever is no caller, whose right was looked up for this request, and is looked at again within a second: {@code goesOn}
     * is asked once in a look for all that have an equal {@code right}.
     */
    public UnaryOperator<Runnable> by(Object right, BooleanSupplier goesOn) {
        return cut -> {
            TransferWatch.Transfer transfer = watch.begin(right, goesOn, cut);
            return () -> watch.end(transfer);
        };
    }

    /** However often it is asked for, one look runs at a time, and one follows it. */
    void onCallersChanged(@Observes CallersChanged event) {
        if (asked.compareAndSet(false, true)) {
            thread.execute(() -> {
                asked.set(false);
                look.run();
            });
        }
    }
}
