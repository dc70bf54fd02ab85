package org.wallwhale.access;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** {@link Limits} in the database. */
@Embeddable
class LimitColumns {
    @Column(name = "rate_limit")
    private Integer rateLimit;
    @Column(name = "quota_daily")
    private Integer quotaDaily;
    @Column(name = "quota_monthly")
    private Integer quotaMonthly;
    @Column(name = "downloads_daily")
    private Integer downloadsDaily;
    @Column(name = "downloads_monthly")
    private Integer downloadsMonthly;
    @Column(name = "max_concurrent")
    private Integer maxConcurrent;
    @Column(name = "max_runtime_seconds")
    private Integer maxRuntimeSeconds;

    LimitColumns() {
    }

    LimitColumns(Limits limits) {
        rateLimit = limits.rateLimit();
        quotaDaily = limits.quotaDaily();
        quotaMonthly = limits.quotaMonthly();
        downloadsDaily = limits.downloadsDaily();
        downloadsMonthly = limits.downloadsMonthly();
        maxConcurrent = limits.maxConcurrent();
        maxRuntimeSeconds = limits.maxRuntimeSeconds();
    }

    /** {@code columns} is null where a provider reads all-null columns as no object at all. */
    static Limits read(LimitColumns columns) {
        return columns == null ? Limits.DEFAULTS
                : new Limits(columns.rateLimit, columns.quotaDaily, columns.quotaMonthly, columns.downloadsDaily,
                        columns.downloadsMonthly, columns.maxConcurrent, columns.maxRuntimeSeconds);
    }
}
