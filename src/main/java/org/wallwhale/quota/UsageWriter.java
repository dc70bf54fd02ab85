package org.wallwhale.quota;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Brings this instance's tally into the database. */
@ApplicationScoped
public class UsageWriter {
    private static final Logger LOG = System.getLogger(UsageWriter.class.getName());
    private UsageTally tally;
    private UsageService usage;
    private boolean failing;

    UsageWriter() {
    }

    @Inject
    UsageWriter(UsageTally tally, UsageService usage) {
        this.tally = tally;
        this.usage = usage;
    }

    /** A transaction for each key. After the first that fails, its counts and the others wait for the next time. Never throws. */
    public synchronized void write() {
        Map<UUID, Map<Use, UsageTally.Count>> byKey = new HashMap<>();
        tally.take().forEach((use, count) -> byKey.computeIfAbsent(use.key(), key -> new HashMap<>()).put(use, count));
        boolean failed = false;
        for (Map.Entry<UUID, Map<Use, UsageTally.Count>> one : byKey.entrySet()) {
            failed = failed || !written(one.getKey(), one.getValue());
            if (failed) {
                tally.giveBack(one.getValue());
            }
        }
    }

    private boolean written(UUID key, Map<Use, UsageTally.Count> counts) {
        try {
            usage.add(key, counts);
            failing = false;
            return true;
        } catch (RuntimeException e) {
            LOG.log(failing ? Level.DEBUG : Level.WARNING, "The calls of API keys could not be written down; it is tried again: " + e);
            failing = true;
            return false;
        }
    }
}
