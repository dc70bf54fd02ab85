package org.wallwhale.store;

import java.io.IOException;

/** A file of finished content is not what it was when it was stored. Its message is for the log, not for callers. */
public final class ContentChangedException extends IOException {
    ContentChangedException(String path, String fault) {
        super("The stored file \"" + path + "\" " + fault + ".");
    }

    ContentChangedException(String path, String fault, IOException cause) {
        this(path, fault);
        initCause(cause);
    }
}
