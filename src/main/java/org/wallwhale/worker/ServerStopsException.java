package org.wallwhale.worker;

/** The server stops before a run could end: the download goes back to the queue. */
final class ServerStopsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ServerStopsException(Throwable cause) {
        super("The server stops", cause);
    }
}
