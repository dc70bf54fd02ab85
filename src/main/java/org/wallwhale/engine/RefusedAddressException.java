package org.wallwhale.engine;

/** An address that is not asked. The message is a sentence for people. */
final class RefusedAddressException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedAddressException(String message) {
        super(message);
    }
}
