package org.wallwhale.database;

/** The rows are restored, but something is left to do; the sentence says what. */
public final class UnfinishedRestoreException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    UnfinishedRestoreException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
