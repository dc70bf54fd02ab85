package org.wallwhale.certificate;

import java.time.Instant;
import java.util.Optional;

/** Why no certificate came; the message is a sentence with a cure. */
public final class AcmeException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final boolean unreachable;
    private final transient Instant retryAt;

    AcmeException(String sentence, boolean unreachable, Instant retryAt, Throwable cause) {
        super(sentence, cause);
        this.unreachable = unreachable;
        this.retryAt = retryAt;
    }

    /** Whether the authority itself was not reached. */
    public boolean isUnreachable() {
        return unreachable;
    }

    /** When the authority says that it may be asked again. */
    Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }
}
