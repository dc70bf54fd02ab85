package org.wallwhale.share;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wallwhale.problem.Problem;

/** How much is sent by links at the same time from this instance: each transfer holds a connection, however slowly its reader takes it. */
final class Places {
    static final int OF_LINK = 32;
    static final int OF_NETWORK = 8;
    private static final long PATIENCE_SECONDS = 5;
    private final Map<Object, Integer> taken = new HashMap<>();

    /** TOO_MANY_REQUESTS where there are none left. Whoever takes one leaves it. */
    synchronized void take(UUID link, String network) {
        if (taken.getOrDefault(network, 0) >= OF_NETWORK) {
            throw Problem.TOO_MANY_REQUESTS.overLimit("No more than " + OF_NETWORK + " transfers at the same time go to one address.",
                    List.of("share"), PATIENCE_SECONDS);
        }
        if (taken.getOrDefault(link, 0) >= OF_LINK) {
            throw Problem.TOO_MANY_REQUESTS.overLimit("No more than " + OF_LINK + " transfers at the same time go by one link.",
                    List.of("share"), PATIENCE_SECONDS);
        }
        taken.merge(link, 1, Integer::sum);
        taken.merge(network, 1, Integer::sum);
    }

    synchronized void leave(UUID link, String network) {
        leave(link);
        leave(network);
    }

    private void leave(Object whose) {
        taken.computeIfPresent(whose, (key, count) -> count == 1 ? null : count - 1);
    }
}
