package org.wallwhale.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.problem.Problem;

/**
 * A checked filter for the record. {@link #of} refuses with INVALID, naming the parameter.
 *
 * @param action whole, or with {@code .*} at its end for all of its kind
 * @param from inclusive
 * @param until exclusive
 */
public record AuditQuery(Optional<UUID> userId, Optional<String> action, Optional<Instant> from, Optional<Instant> until) {
    /** A date means its whole UTC day: as an end it is included. */
    public static AuditQuery of(String userId, String action, String startDate, String endDate) {
        return new AuditQuery(Optional.ofNullable(userId).map(AuditQuery::id), Optional.ofNullable(action),
                Optional.ofNullable(startDate).map(text -> time("startDate", text, 0)),
                Optional.ofNullable(endDate).map(text -> time("endDate", text, 1)));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.INVALID.because("The query parameter \"userId\" must be a user's id.");
        }
    }

    private static Instant time(String name, String text, int daysLater) {
        try {
            Instant time = text.length() == 10 ? LocalDate.parse(text).plusDays(daysLater).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
            // A year of more than four digits begins with a sign; no database takes it.
            if (!time.toString().matches("[+-].*")) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // told below, together with years out of range
        }
        throw Problem.INVALID.because("The query parameter \"" + name + "\" must be a date such as 2026-01-31 or a time such as "
                + "2026-01-31T12:00:00Z.");
    }
}
