package org.wallwhale.steam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.secret.Secret;

class GuardCodesTest {
    /** The secret of RFC 4226, appendix D, whose numbers of 31 bits are printed there. */
    private static final Secret RFC = Secret.of(Base64.getEncoder().encodeToString("12345678901234567890".getBytes(StandardCharsets.US_ASCII)));

    /** The truncated values of appendix D for the counts 0 to 9, as the code's five digits to the base 26 must spell them. */
    @ParameterizedTest
    @CsvSource({"0, 1284755224", "1, 1094287082", "2, 137359152", "3, 1726969429", "4, 1640338314", "5, 868254676", "6, 1918287922",
        "7, 82162583", "8, 673399871", "9, 645520489"})
    void theNumbersAreThoseOfTheRfc(long step, long number) {
        long value = 0;
        String code = GuardCodes.of(RFC).at(Instant.ofEpochSecond(step * 30));
        for (int place = code.length() - 1; place >= 0; place--) {
            value = value * 26 + "23456789BCDFGHJKMNPQRTVWXY".indexOf(code.charAt(place));
        }
        assertThat(code).hasSize(5);
        assertThat(value).isEqualTo(number % (26L * 26 * 26 * 26 * 26));
    }

    @Test
    void aCodeHoldsForHalfAMinute() {
        GuardCodes codes = GuardCodes.of(RFC);
        assertThat(codes.at(Instant.parse("2026-01-31T12:00:00Z"))).isEqualTo(codes.at(Instant.parse("2026-01-31T12:00:29.999Z")))
                .isNotEqualTo(codes.at(Instant.parse("2026-01-31T12:00:30Z")));
    }

    @Test
    void theLeastSignificantCharacterComesFirst() {
        assertThat(GuardCodes.of(RFC).at(Instant.EPOCH)).as("1284755224 to the base 26").isEqualTo("GG5F5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "MTIzNDU2Nzg5MA==", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAx", "not base 64 at all!"})
    void whatIsNoSecretIsRefused(String text) {
        assertThatThrownBy(() -> GuardCodes.of(Secret.of(text))).isInstanceOf(IllegalArgumentException.class);
    }
}
