package org.wallwhale.download;

/** Where a download stands. */
public enum Status {
    /** Waits to be claimed. */
    QUEUED(false),
    /** Claimed by one instance. */
    RUNNING(false),
    /** Its content lies in the store. */
    SUCCESS(true),
    /** Ended without content, with a reason. */
    FAILED(true),
    /** Ended because its owner, or an administrator, wanted so. */
    CANCELED(true);

    private final boolean finished;

    Status(boolean finished) {
        this.finished = finished;
    }

    public boolean isFinished() {
        return finished;
    }
}
