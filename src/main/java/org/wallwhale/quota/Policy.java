package org.wallwhale.quota;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.wallwhale.access.Limits;

/** What is counted, and over which stretch of UTC time. The lower-case name is the policy's name on the wire. */
enum Policy {
    MINUTE(Limits::rateLimit, time -> time.truncatedTo(ChronoUnit.MINUTES), time -> time.plusMinutes(1)),
    DAILY(Limits::quotaDaily, Policy::day, time -> time.plusDays(1)),
    MONTHLY(Limits::quotaMonthly, Policy::month, time -> time.plusMonths(1)),
    DOWNLOADS_DAILY(Limits::downloadsDaily, Policy::day, time -> time.plusDays(1)),
    DOWNLOADS_MONTHLY(Limits::downloadsMonthly, Policy::month, time -> time.plusMonths(1));

    private final Function<Limits, Integer> limit;
    private final UnaryOperator<ZonedDateTime> start;
    private final UnaryOperator<ZonedDateTime> next;
    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Policy(Function<Limits, Integer> limit, UnaryOperator<ZonedDateTime> start, UnaryOperator<ZonedDateTime> next) {
        this.limit = limit;
        this.start = start;
        this.next = next;
    }

    private static ZonedDateTime day(ZonedDateTime time) {
        return time.truncatedTo(ChronoUnit.DAYS);
    }

    private static ZonedDateTime month(ZonedDateTime time) {
        return day(time).withDayOfMonth(1);
    }

    /** Null where {@code limits} says nothing. */
    Integer limit(Limits limits) {
        return limit.apply(limits);
    }

    /** The stretch that {@code time} lies in. */
    Window window(Instant time) {
        ZonedDateTime from = start.apply(time.atZone(ZoneOffset.UTC));
        return new Window(from.toInstant(), next.apply(from).toInstant());
    }

    /** Its nominal length; months differ. */
    long seconds() {
        return switch (this) {
            case MINUTE -> 60;
            case DAILY, DOWNLOADS_DAILY -> 86_400;
            case MONTHLY, DOWNLOADS_MONTHLY -> 30 * 86_400;
        };
    }

    String wireName() {
        return wireName;
    }

    boolean countsDownloads() {
        return this == DOWNLOADS_DAILY || this == DOWNLOADS_MONTHLY;
    }

    /** A stretch of UTC time. {@code end} does not belong to it. */
    record Window(Instant start, Instant end) {
    }
}
