package org.wallwhale.engine;

/**
 * What a line of output says about a failure.
 *
 * @param detail a sentence for people
 */
record Failure(Reason reason, String detail, Weight weight) {
    /** How much the line counts. */
    enum Weight {
        /** Content is missing even if the tool exits with 0. */
        FATAL,
        /** Explains an exit with another code than 0. */
        CAUSE,
        /** Follows after most failures and explains one only if nothing else does. */
        ECHO
    }
}
