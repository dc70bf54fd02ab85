package org.wallwhale.steam;

import java.time.Duration;

/**
 * What a Steam account still may.
 *
 * @param left logins in this hour
 * @param pause until the next one may be
 */
public record LoginsLeft(String alias, int left, Duration pause, boolean needsHelp) {
    /** May log in now. */
    public boolean isReady() {
        return !needsHelp && pause.isZero();
    }
}
