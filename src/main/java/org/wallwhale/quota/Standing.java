package org.wallwhale.quota;

import java.time.Duration;

/**
 * How one limit stands after a call.
 *
 * @param granted false when it had nothing left
 * @param left what all instances together may still use in this window, at most
 * @param nanosToReset until the window ends
 */
record Standing(Share share, boolean granted, long left, long nanosToReset) {
    long secondsToReset() {
        return Duration.ofNanos(nanosToReset).plusMillis(999).toSeconds();
    }
}
