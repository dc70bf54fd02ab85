package org.wallwhale.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * When something begins or ends.
 *
 * @param time null where it is {@code span} from now on
 */
record Deadline(Instant time, Span span) {
    /** As the API takes it. From now on is by the clock of that server, which will judge it. */
    String at(ServerClient server) {
        return time == null ? span.end(server) : time.toString();
    }

    /** For picocli. */
    static final class Reader implements ITypeConverter<Deadline> {
        @Override
        public Deadline convert(String text) {
            if (Span.isOne(text)) {
                return new Deadline(null, new Span.Reader().convert(text));
            }
            try {
                return new Deadline(Instant.parse(text), null);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("must be a time such as 2030-01-31T22:00:00Z, or how long from now on, such as 12h or 7d, but is '"
                        + text + "'");
            }
        }
    }
}
