package org.wallwhale.audit;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.wallwhale.config.KeyFile;
import org.wallwhale.config.Settings;

/** How long the record is kept. */
@Dependent
public class AuditConfig {
    public static final KeyFile CHAIN_KEY =
            new KeyFile("audit-key", "nobody can prove any longer that the audit log up to now is as it was written");
    private final int keepDays;

    @Inject
    public AuditConfig(Settings settings) {
        keepDays = settings.wholeNumber("wallwhale.audit.keep-days", 0, 36_500);
    }

    /** Empty means for ever. */
    Optional<Duration> keptFor() {
        return keepDays == 0 ? Optional.empty() : Optional.of(Duration.ofDays(keepDays));
    }
}
