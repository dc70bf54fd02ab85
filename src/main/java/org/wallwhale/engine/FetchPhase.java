package org.wallwhale.engine;

/** Where a run stands. */
public enum FetchPhase {
    LOGIN,
    NEEDS_INPUT,
    DOWNLOADING,
    VERIFYING
}
