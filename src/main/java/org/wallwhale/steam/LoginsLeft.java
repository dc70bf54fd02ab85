package org.wallwhale.steam;

import java.time.Duration;

/**
 * What a Steam account still may.
 *
 * @param had logins in the last hour
 * @param budget logins in any hour
 * @param pause until the next one may be
 */
public record LoginsLeft(String alias, int had, int budget, Duration pause, boolean needsHelp) {
    /** Logins in this hour. */
    public int left() {
        return Math.max(0, budget - had);
    }

    /** May log in now. */
    public boolean isReady() {
        return !needsHelp && pause.isZero();
    }
}
