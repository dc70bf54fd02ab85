package org.wallwhale.share;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Uses of links that are not in the database yet, in the memory of this instance. There are no more entries than links. */
final class ShareTally {
    private Map<UUID, Count> counts = new HashMap<>();

    /**
     * @param sent bytes
     * @param released bytes that are no longer reserved, {@code sent} ones included
     */
    record Count(long views, long sent, long released) {
        Count plus(Count other) {
            return new Count(views + other.views, sent + other.sent, released + other.released);
        }
    }

    synchronized void add(UUID share, Count count) {
        counts.merge(share, count, Count::plus);
    }

    /** Everything so far: whoever takes it writes it down or gives it back. */
    synchronized Map<UUID, Count> take() {
        Map<UUID, Count> taken = counts;
        counts = new HashMap<>();
        return taken;
    }
}
