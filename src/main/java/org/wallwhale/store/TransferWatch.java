package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** What is on its way and by which right, and whether it may go on. */
@ApplicationScoped
class TransferWatch {
    private static final Logger LOG = System.getLogger(TransferWatch.class.getName());
    private final Set<Transfer> open = ConcurrentHashMap.newKeySet();
    private volatile boolean failing;

    /** One body. Two of them are never equal. */
    static final class Transfer {
        private final Object right;
        private final BooleanSupplier goesOn;
        private final Runnable cut;

        private Transfer(Object right, BooleanSupplier goesOn, Runnable cut) {
            this.right = right;
            this.goesOn = goesOn;
            this.cut = cut;
        }
    }

    /** {@code goesOn} is asked once in a look for all transfers with an equal {@code right}. */
    Transfer begin(Object right, BooleanSupplier goesOn, Runnable cut) {
        Transfer transfer = new Transfer(right, goesOn, cut);
        open.add(transfer);
        return transfer;
    }

    void end(Transfer transfer) {
        open.remove(transfer);
    }

    void check(Transfer transfer) {
        check(List.of(transfer));
    }

    /** Each right is looked up once. What cannot be looked up goes on until the next look. */
    void checkAll() {
        check(open);
    }

    private void check(Collection<Transfer> transfers) {
        Map<Object, Boolean> valid = new HashMap<>();
        boolean failed = false;
        for (Transfer transfer : transfers) {
            boolean goesOn = true;
            try {
                goesOn = valid.computeIfAbsent(transfer.right, right -> transfer.goesOn.getAsBoolean());
            } catch (RuntimeException e) {
                valid.put(transfer.right, true);
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
