package org.wallwhale.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wallwhale.problem.Problem;

/** Counts the event streams that are open, so that one user cannot take the places of all others. */
final class OpenStreams {
    private static final List<String> POLICY = List.of("event-streams");
    /** Nobody knows when one of them is closed; browsers come back after three. */
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final int SHARE = 10;
    private static final int LEAST_OF_A_USER = 10;
    private final Map<UUID, Integer> ofUsers = new HashMap<>();
    private int all;

    /** UNAVAILABLE when {@code most} are open, TOO_MANY_REQUESTS when the user has a tenth of them, and at least ten. */
    synchronized void add(UUID userId, int most) {
        int own = ofUsers.getOrDefault(userId, 0);
        if (own >= Math.max(LEAST_OF_A_USER, most / SHARE)) {
            throw Problem.TOO_MANY_REQUESTS.overLimit("You have " + own + " event streams open; close one of them first.", POLICY,
                    RETRY_AFTER_SECONDS);
        }
        if (all >= most) {
            throw Problem.UNAVAILABLE.because("The server has no room for one more event stream; try again shortly.");
        }
        ofUsers.put(userId, own + 1);
        all++;
    }

    synchronized int count() {
        return all;
    }

    synchronized void remove(UUID userId) {
        ofUsers.computeIfPresent(userId, (user, own) -> own == 1 ? null : own - 1);
        all--;
    }
}
