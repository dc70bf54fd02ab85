package org.wallwhale.quota;

import java.time.LocalDate;
import java.util.UUID;

/**
 * What calls are tallied by.
 *
 * @param day in UTC
 * @param endpoint method and path template, such as {@code GET /downloads/{id}}
 */
record Use(UUID key, LocalDate day, String endpoint) {
    /** Of calls that no endpoint took. */
    static final String OTHER = "other";
}
