package org.wallwhale.sandbox;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** An exception that .NET would not catch: its text goes to stderr and the status is 134, as after SIGABRT. */
final class Unhandled extends RuntimeException {
    static final int STATUS = 134;

    /** The .NET type, as {@code System.IO.IOException}. */
    final String type;

    Unhandled(String type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    static Unhandled of(IOException cause) {
        if (cause instanceof AccessDeniedException denied) {
            return accessDenied(denied.getFile());
        }
        return new Unhandled("System.IO.IOException", reason(cause));
    }

    static Unhandled accessDenied(String path) {
        return new Unhandled("System.UnauthorizedAccessException", "Access to the path '".concat(path).concat("' is denied."));
    }

    static Unhandled badData() {
        return new Unhandled("System.IO.InvalidDataException", "Found invalid data while decoding.");
    }

    private static String reason(IOException cause) {
        if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason().concat(" : '").concat(failure.getFile()).concat("'");
        }
        return String.valueOf(cause.getMessage());
    }
}
