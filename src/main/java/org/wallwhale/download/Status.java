package org.wallwhale.download;

/** Where a download stands. */
public enum Status {
    /** Waits to be claimed. */
    QUEUED(false, "waits in the queue"),
    /** Claimed by one instance. */
    RUNNING(false, "is running"),
    /** Its content lies in the store. */
    SUCCESS(true, "has succeeded"),
    /** Ended without content, with a reason. */
    FAILED(true, "has failed"),
    /** Ended because its owner, or an administrator, wanted so. */
    CANCELED(true, "was canceled");

    private final boolean finished;
    private final String words;

    Status(boolean finished, String words) {
        this.finished = finished;
        this.words = words;
    }

    /** What such a download does or did, in a sentence about it. */
    String words() {
        return words;
    }

    public boolean isFinished() {
        return finished;
    }
}
