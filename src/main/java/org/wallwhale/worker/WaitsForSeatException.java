package org.wallwhale.worker;

/** Nobody may log in for this run now: its claim is given back already. */
final class WaitsForSeatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WaitsForSeatException(String sentence) {
        super(sentence);
    }
}
