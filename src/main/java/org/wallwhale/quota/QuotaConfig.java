package org.wallwhale.quota;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.wallwhale.access.Limits;
import org.wallwhale.config.Settings;

/** What those may do whose own limits say nothing. */
@Dependent
public class QuotaConfig {
    private final Limits defaults;

    @Inject
    public QuotaConfig(Settings settings) {
        defaults = new Limits(limit(settings, "rate-limit"), limit(settings, "quota-daily"), limit(settings, "quota-monthly"),
                limit(settings, "downloads-daily"), limit(settings, "downloads-monthly"), null, null);
    }

    private static Integer limit(Settings settings, String name) {
        int limit = settings.wholeNumber("wallwhale.quota." + name, 0, Integer.MAX_VALUE);
        return limit == 0 ? null : limit;
    }

    /** Null for what is not limited. */
    Limits defaults() {
        return defaults;
    }
}
