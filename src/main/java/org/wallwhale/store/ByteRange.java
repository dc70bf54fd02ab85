package org.wallwhale.store;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What part of a representation a GET asks for (RFC 9110, section 14). Bytes are counted from 0, ends are exclusive. */
public sealed interface ByteRange {
    /** Everything, status 200: there is no range, or none that must be heeded. */
    record Whole() implements ByteRange {
    }

    /** One part that is not empty, status 206. {@code length} is that of the whole representation. */
    record Part(long from, long toExclusive, long length) implements ByteRange {
        /** The value of the {@code Content-Range} header. */
        public String contentRange() {
            return "bytes " + from + "-" + (toExclusive - 1) + "/" + length;
        }
    }

    /** Nothing, status 416: the range begins beyond the end. */
    record Unsatisfiable(long length) implements ByteRange {
        /** The value of the {@code Content-Range} header. */
        public String contentRange() {
            return "bytes */" + length;
        }
    }

    /**
     * Judges a {@code Range} header. Several ranges, other units and malformed headers give the whole, as section 14.2 permits;
     * so does an {@code If-Range} other than the strong {@code etag}, which every date is.
     *
     * @param range null when there is no such header
     * @param ifRange null when there is no such header
     */
    static ByteRange of(String range, String ifRange, String etag, long length) {
        if (range == null || ifRange != null && !ifRange.strip().equals(etag)) {
            return new Whole();
        }
        Matcher single = Pattern.compile("(?i)bytes=(?=.*\\d)(\\d*)-(\\d*)").matcher(range.strip());
        if (!single.matches()) {
            return new Whole();
        }
        return single.group(1).isEmpty()
            ? suffix(number(single.group(2)), length)
            : between(number(single.group(1)), single.group(2), length);
    }

    private static ByteRange suffix(long count, long length) {
        if (count == 0) {
            return new Unsatisfiable(length);
        }
        // The last bytes of nothing are a satisfiable range that no Content-Range can express.
        return length == 0 ? new Whole() : new Part(Math.max(0, length - count), length, length);
    }

    private static ByteRange between(long first, String lastDigits, long length) {
        long last = lastDigits.isEmpty() ? Long.MAX_VALUE : number(lastDigits);
        if (last < first) {
            return new Whole();
        }
        return first >= length ? new Unsatisfiable(length) : new Part(first, Math.min(last, length - 1) + 1, length);
    }

    private static long number(String digits) {
        return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }
}
