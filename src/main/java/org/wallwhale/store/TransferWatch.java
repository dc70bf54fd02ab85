package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.wallwhale.access.Caller;
import org.wallwhale.access.CallerService;

/** What is on its way and to whom, and whether it may go on. */
@ApplicationScoped
class TransferWatch {
    private static final Logger LOG = System.getLogger(TransferWatch.class.getName());
    private final Set<Transfer> open = ConcurrentHashMap.newKeySet();
    private Predicate<Caller> isStillValid;
    private volatile boolean failing;

    TransferWatch() {
    }

    @Inject
    TransferWatch(CallerService callers) {
        this(callers::isStillValid);
    }

    TransferWatch(Predicate<Caller> isStillValid) {
        this.isStillValid = isStillValid;
    }

    /** One body. Two of them are never equal. */
    static final class Transfer {
        private final Caller caller;
        private final Runnable cut;

        private Transfer(Caller caller, Runnable cut) {
            this.caller = caller;
            this.cut = cut;
        }
    }

    Transfer begin(Caller caller, Runnable cut) {
        Transfer transfer = new Transfer(caller.whileNotRevoked(), cut);
        open.add(transfer);
        return transfer;
    }

    void end(Transfer transfer) {
        open.remove(transfer);
    }

    void check(Transfer transfer) {
        check(List.of(transfer));
    }

    /** Each caller is looked up once. Who cannot be goes on until the next look. */
    void checkAll() {
        check(open);
    }

    private void check(Collection<Transfer> transfers) {
        Map<Caller, Boolean> valid = new HashMap<>();
        boolean failed = false;
        for (Transfer transfer : transfers) {
            boolean goesOn = true;
            try {
                goesOn = valid.computeIfAbsent(transfer.caller, isStillValid::test);
            } catch (RuntimeException e) {
                valid.put(transfer.caller, true);
                LOG.log(failing ? Level.DEBUG : Level.WARNING,
                        "It could not be looked up whether a download may go on to its reader; it is tried again each second.", e);
                failed = true;
                failing = true;
            }
            if (!goesOn) {
                cut(transfer);
            }
        }
        failing = failed;
    }

    private static void cut(Transfer transfer) {
        try {
            transfer.cut.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A download that its reader may no longer have could not be cut; it is tried again.", e);
        }
    }
}
