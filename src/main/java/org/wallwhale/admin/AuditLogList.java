package org.wallwhale.admin;

import java.util.List;
import org.wallwhale.audit.AuditEntryView;

/** One page of the audit log, newest first. */
public record AuditLogList(List<AuditEntryView> auditLogs, Pagination pagination) {
    /**
     * Where the page lies.
     *
     * @param total all that match, but 10000 where it is more
     */
    public record Pagination(long total, int limit, int offset, boolean hasMore) {
    }
}
