package org.wallwhale.steam;

import java.time.Duration;

/**
 * What a Steam account still may.
 *
 * @param left logins in this hour
 * @param pause until the next one may be
 */
record LoginsLeft(String alias, int left, Duration pause, boolean needsHelp) {
}
