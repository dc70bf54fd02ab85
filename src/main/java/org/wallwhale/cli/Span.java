package org.wallwhale.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time span as people type it: {@code 30m}, {@code 12h}, {@code 7d}. */
record Span(Duration duration) {
    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Map<String, ChronoUnit> UNITS = Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    /** When it is over, if it begins now by the clock of that server, which will judge it, or by ours where it does not tell the time: as the API takes it. */
    String end(ServerClient server) {
        return now(server).plus(duration).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** By the clock of that server, or by ours where it does not tell the time. */
    static Instant now(ServerClient server) {
        return server.ask("/health/live", PATIENCE).headers().firstValue("Date").flatMap(Span::time).orElseGet(Instant::now);
    }

    static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }

    private static Optional<Instant> time(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** For picocli. */
    static final class Reader implements ITypeConverter<Span> {
        @Override
        public Span convert(String text) {
            Matcher parts = SHAPE.matcher(text);
            if (!parts.matches()) {
                throw new TypeConversionException("must be a number with s, m, h or d behind it, such as 12h or 7d, but is '" + text + "'");
            }
            return new Span(Duration.of(Long.parseLong(parts.group(1)), UNITS.get(parts.group(2))));
        }
    }
}
