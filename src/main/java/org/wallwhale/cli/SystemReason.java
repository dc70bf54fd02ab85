package org.wallwhale.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** What the system says of a file, without the names of Java's classes, and without the file, which the sentence around it names. */
final class SystemReason {
    private SystemReason() {
    }

    static String of(IOException thrown) {
        if (thrown instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (thrown instanceof AccessDeniedException) {
            return "this user may not do that";
        }
        return Optional.ofNullable(thrown instanceof FileSystemException file ? file.getReason() : thrown.getMessage())
                .orElse("the system does not say why");
    }
}
