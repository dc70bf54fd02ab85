package org.wallwhale.idempotency;

/**
 * What an operation answered.
 *
 * @param replayed true when it did so to an earlier call, and this one had no effect
 */
public record Answer<T extends Record>(T value, boolean replayed) {
    /** In the answer to a call that was sent again. */
    public static final String REPLAYED = "Idempotency-Replayed";

    /** The value of the header {@link #REPLAYED}; null means that it is not sent. */
    public String replayedHeader() {
        return replayed ? "true" : null;
    }
}
