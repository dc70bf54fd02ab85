package org.wallwhale.cli;

import java.nio.file.Path;

/** What a command would write is there already. That is wrong use: it may be somebody's own, and is replaced only where that is said. */
final class TakenException extends CommandFailure {
    private static final long serialVersionUID = 1;

    /** {@code cure} goes on after a colon, without its full stop. */
    TakenException(Path place, String cure) {
        super(USAGE, place + " is there already: " + cure + ".");
    }
}
