package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.rest.ByteRange.Part;
import org.wallwhale.rest.ByteRange.Unsatisfiable;
import org.wallwhale.rest.ByteRange.Whole;

class ByteRangeTest {
    private static final String ETAG = "\"tag\"";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "bytes=0-499                     | 0    | 500   | bytes 0-499/10000",
        "bytes=500-999                   | 500  | 1000  | bytes 500-999/10000",
        "bytes=-500                      | 9500 | 10000 | bytes 9500-9999/10000",
        "bytes=9500-                     | 9500 | 10000 | bytes 9500-9999/10000",
        "bytes=0-0                       | 0    | 1     | bytes 0-0/10000",
        "bytes=-1                        | 9999 | 10000 | bytes 9999-9999/10000",
        "bytes=9999-9999                 | 9999 | 10000 | bytes 9999-9999/10000",
        "bytes=0-                        | 0    | 10000 | bytes 0-9999/10000",
        "bytes=0-10000                   | 0    | 10000 | bytes 0-9999/10000",
        "bytes=-10001                    | 0    | 10000 | bytes 0-9999/10000",
        "bytes=5-99999999999999999999999 | 5    | 10000 | bytes 5-9999/10000",
        "bytes=5-9223372036854775807     | 5    | 10000 | bytes 5-9999/10000",
        "bytes=-99999999999999999999999  | 0    | 10000 | bytes 0-9999/10000",
        "bytes=000000000000000000000007-8| 7    | 9     | bytes 7-8/10000",
        "BYTES=1-2                       | 1    | 3     | bytes 1-2/10000",
        "' bytes=1-2 '                   | 1    | 3     | bytes 1-2/10000",
    })
    void oneRangeInBytesIsOnePart(String range, long from, long toExclusive, String contentRange) {
        Part part = new Part(from, toExclusive, 10_000);
        assertThat(ByteRange.of(range, null, ETAG, 10_000)).isEqualTo(part);
        assertThat(part.contentRange()).isEqualTo(contentRange);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10000-", "bytes=10000-10001", "bytes=-0", "bytes=99999999999999999999999-"})
    void aRangeBeyondTheEndIsNotSatisfiable(String range) {
        Unsatisfiable nothing = new Unsatisfiable(10_000);
        assertThat(ByteRange.of(range, null, ETAG, 10_000)).isEqualTo(nothing);
        assertThat(nothing.contentRange()).isEqualTo("bytes */10000");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "bytes", "bytes=", "bytes=-", "bytes=x-y", "bytes=1", "bytes=5-4", "bytes=--5", "bytes=+1-2", "bytes=1-2-3",
        "bytes=1 - 2", "bytes = 1-2", "bytes=0x1-2", "bytes=\uff11-2", "lines=0-5", "exampleunit=1.2-4.3",
        "bytes=0-999,4500-5499,-1000", "bytes=500-600,601-999", "bytes=0-0,-1", "bytes=,0-5", "bytes=0-5,",
    })
    void severalRangesOtherUnitsAndMalformedOnesGiveTheWhole(String range) {
        assertThat(ByteRange.of(range, null, ETAG, 10_000)).isEqualTo(new Whole());
    }

    @Test
    void withoutARangeThereIsTheWhole() {
        assertThat(ByteRange.of(null, null, ETAG, 10_000)).isEqualTo(new Whole());
        assertThat(ByteRange.of(null, ETAG, ETAG, 10_000)).isEqualTo(new Whole());
    }

    @Test
    void theSameStrongTagKeepsTheRange() {
        assertThat(ByteRange.of("bytes=0-4", ETAG, ETAG, 10)).isEqualTo(new Part(0, 5, 10));
        assertThat(ByteRange.of("bytes=10-", ETAG, ETAG, 10)).isEqualTo(new Unsatisfiable(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "W/\"tag\"", "tag", "", "*", "\"tag\", \"x\"", "Sat, 29 Oct 1994 19:43:31 GMT"})
    void everyOtherConditionGivesTheWhole(String ifRange) {
        assertThat(ByteRange.of("bytes=0-4", ifRange, ETAG, 10)).isEqualTo(new Whole());
        assertThat(ByteRange.of("bytes=10-", ifRange, ETAG, 10)).isEqualTo(new Whole());
    }

    @Test
    void nothingHasNoPartButItsEnd() {
        assertThat(ByteRange.of("bytes=0-", null, ETAG, 0)).isEqualTo(new Unsatisfiable(0));
        assertThat(ByteRange.of("bytes=-5", null, ETAG, 0)).isEqualTo(new Whole());
        assertThat(ByteRange.of("bytes=-0", null, ETAG, 0)).isEqualTo(new Unsatisfiable(0));
    }
}
