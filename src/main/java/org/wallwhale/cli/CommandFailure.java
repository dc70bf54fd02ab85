package org.wallwhale.cli;

/** A command that ends with one sentence on standard error and an exit code. */
class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int SETTINGS = 3;
    static final int NOT_REACHABLE = 4;
    static final int NOT_ALLOWED = 5;
    private final int exitCode;

    CommandFailure(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** For who was interrupted while it waited; the thread stays so. */
    static CommandFailure interrupted() {
        Thread.currentThread().interrupt();
        return new CommandFailure(FAILED, "Interrupted.");
    }

    int exitCode() {
        return exitCode;
    }
}
