package org.wallwhale.engine;

/** Names or links of an item point outside of its folder. The message is a sentence for people. */
final class UnsafeContentException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsafeContentException(String message) {
        super(message);
    }
}
