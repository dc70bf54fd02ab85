package org.wallwhale.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.wallwhale.access.Caller;
import org.wallwhale.access.CallerService;
import org.wallwhale.access.CallersChanged;

/**
 * Content that is on its way, and to whom. It ends when its caller may no longer have it: each transfer is looked at once when it
 * has begun, since its caller may have been let in just before a change, and all of them after every change.
 */
@ManagedExecutorDefinition(name = "java:app/concurrent/transfers", maxAsync = 1)
@ApplicationScoped
public class Transfers {
    private static final Logger LOG = System.getLogger(Transfers.class.getName());
    @Inject
    private CallerService callers;
    @Resource(lookup = "java:app/concurrent/transfers")
    private ManagedExecutorService thread;
    private final Set<Transfer> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asked = new AtomicBoolean();

    private static final class Transfer {
        private final Caller caller;
        private final Runnable cut;

        Transfer(Caller caller, Runnable cut) {
            this.caller = caller;
            this.cut = cut;
        }
    }

    /** As {@link org.wallwhale.rest.Exchange} takes it, for one transfer. */
    UnaryOperator<Runnable> to(Caller caller) {
        return cut -> {
            Transfer transfer = new Transfer(caller.whileNotRevoked(), cut);
            open.add(transfer);
            thread.execute(() -> check(List.of(transfer)));
            return () -> open.remove(transfer);
        };
    }

    /** However often it is asked for, one look runs at a time, and one follows it. */
    void onCallersChanged(@Observes CallersChanged event) {
        if (!open.isEmpty() && asked.compareAndSet(false, true)) {
            thread.execute(() -> {
                asked.set(false);
                check(open);
            });
        }
    }

    private void check(Collection<Transfer> transfers) {
        Map<Caller, Boolean> valid = new HashMap<>();
        try {
            for (Transfer transfer : transfers) {
                if (!valid.computeIfAbsent(transfer.caller, callers::isStillValid)) {
                    transfer.cut.run();
                }
            }
        } catch (RuntimeException e) {
            // another instance tells of its changes once more when the database is back
            LOG.log(Level.WARNING, "It could not be looked up whose downloads may go on; it is tried again after the next change.", e);
        }
    }
}
