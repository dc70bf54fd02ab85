package org.wallwhale.engine;

/** Why a run is ended from outside. */
public enum Stop {
    /** Its owner canceled it. */
    CANCELED,
    /** Another instance owns the download now; nothing of this run may be used. */
    OVERTAKEN,
    /** Its content is larger than it may be; its parts are of no use. */
    TOO_LARGE,
    /** The server shuts down; the download goes back to the queue. */
    SHUTDOWN
}
