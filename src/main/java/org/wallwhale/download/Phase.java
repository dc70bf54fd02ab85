package org.wallwhale.download;

/** The finer grain of a live or successful download; a failed or canceled one has none. */
public enum Phase {
    WAITING,
    LOGIN,
    NEEDS_INPUT,
    DOWNLOADING,
    VERIFYING,
    CANCELING,
    READY
}
