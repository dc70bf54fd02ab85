package org.wallwhale.database;

import java.time.Instant;
import java.util.Map;

/**
 * What a backup says of itself.
 *
 * @param format of the backup; this program knows 1
 * @param schemaVersion the last migration, as Flyway names it
 * @param createdAt by the database's clock
 * @param rows of each table
 */
public record BackupContents(int format, String schemaVersion, String database, Instant createdAt, Map<String, Long> rows) {
    static final int FORMAT = 1;
    static final String ENTRY = "backup.json";

    /** Nothing is missing, whoever wrote it. */
    boolean isWhole() {
        return schemaVersion != null && schemaVersion.matches("[0-9]{1,9}") && database != null && createdAt != null && rows != null
                && rows.values().stream().allMatch(count -> count != null && count >= 0);
    }

    /** Of all tables. */
    public long allRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
