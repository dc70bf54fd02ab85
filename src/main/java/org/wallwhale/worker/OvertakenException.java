package org.wallwhale.worker;

/** A newer claim exists: this run must end and nothing of it may be used. */
final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OvertakenException() {
        super("A newer claim exists");
    }

    static void unless(boolean held) {
        if (!held) {
            throw new OvertakenException();
        }
    }
}
