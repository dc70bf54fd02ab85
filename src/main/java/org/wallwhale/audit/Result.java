package org.wallwhale.audit;

/** How it went. */
public enum Result {
    DONE,
    REFUSED
}
