package org.wallwhale.store;

import java.io.IOException;
import org.wallwhale.engine.Reason;

/** Content could not be copied to its export folder. The message is a sentence for people, without a path of the server. */
public final class ExportException extends IOException {
    private static final long serialVersionUID = 1;
    private final Reason reason;

    ExportException(Reason reason, String message, IOException cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
