package org.wallwhale.engine;

/** What may help after a run that failed. */
public enum Retry {
    /** The same run would fail again. */
    NEVER,
    /** A person has to do something first. */
    AFTER_HELP,
    /** Steam asks for quiet: hours rather than minutes. */
    LONG_WAIT,
    /** Likely to pass by itself within minutes. */
    BACKOFF,
    /** This login cannot, another one or another way may. */
    OTHER_WAY
}
