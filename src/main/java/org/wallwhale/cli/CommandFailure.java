package org.wallwhale.cli;

import java.util.Collection;

/**
 * A command that ends with one sentence on standard error and an exit code. Whatever the command: what was named is wrong, not there, or
 * there already where something is to be written, is {@link #USAGE}.
 */
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

    /** Of an answer of a server: this is the only place where its status becomes an exit code. */
    static int ofStatus(int status) {
        return switch (status) {
            case 400, 404 -> USAGE;
            case 401, 403 -> NOT_ALLOWED;
            case 502, 503, 504 -> NOT_REACHABLE;
            default -> FAILED;
        };
    }

    /** Of a command that does the same with several things: wrong use if all of them were. */
    static int ofAll(Collection<Integer> codes) {
        return codes.stream().allMatch(code -> code == 0) ? 0 : codes.stream().allMatch(code -> code == USAGE) ? USAGE : FAILED;
    }
}
