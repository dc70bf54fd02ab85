package org.wallwhale.quota;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.wallwhale.access.Limits;
import org.wallwhale.config.Settings;

/** What those may do whose own limits say nothing. */
@Dependent
public class QuotaConfig {
    private final Limits defaults;
    private final long storageBytes;

    @Inject
    public QuotaConfig(Settings settings) {
        defaults = new Limits(limit(settings, "rate-limit"), limit(settings, "quota-daily"), limit(settings, "quota-monthly"),
                limit(settings, "downloads-daily"), limit(settings, "downloads-monthly"), null, null);
        storageBytes = settings.bytes("wallwhale.quota.storage-bytes", 0, Long.MAX_VALUE);
    }

    private static Integer limit(Settings settings, String name) {
        int limit = settings.wholeNumber("wallwhale.quota." + name, 0, Integer.MAX_VALUE);
        return limit == 0 ? null : limit;
    }

    /** Null for what is not limited. */
    Limits defaults() {
        return defaults;
    }

    /** Of content that a user's downloads refer to; empty where it is not limited. */
    public Optional<Long> storageBytes() {
        return Optional.of(storageBytes).filter(bytes -> bytes > 0);
    }
}
