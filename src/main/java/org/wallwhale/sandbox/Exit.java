package org.wallwhale.sandbox;

/** The end of the run, with the status the parent is to see; whatever had to be said has been said. */
final class Exit extends RuntimeException {
    final int status;

    Exit(int status) {
        super(null, null, false, false);
        this.status = status;
    }
}
