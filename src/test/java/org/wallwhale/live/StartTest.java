package org.wallwhale.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.download.LogSpan;
import org.wallwhale.problem.ProblemException;

class StartTest {
    private static final LogSpan SPAN = new LogSpan(6, LogSpan.OPEN, 20);

    @Test
    void withoutAWishItIsTheStartOfTheRun() {
        assertThat(Start.of(null, null, null).cursor(SPAN)).isEqualTo(6);
        assertThat(Start.of("", null, null).cursor(SPAN)).isEqualTo(6);
    }

    @Test
    void whatTheReaderHasIsNotSentAgain() {
        assertThat(Start.of("12", null, null).cursor(SPAN)).isEqualTo(12);
        assertThat(Start.of(null, "12", null).cursor(SPAN)).isEqualTo(12);
        assertThat(Start.of(null, "20", null).cursor(SPAN)).isEqualTo(20);
    }

    @Test
    void theHeaderIsNewerThanTheParameter() {
        assertThat(Start.of("15", "12", null).cursor(SPAN)).isEqualTo(15);
    }

    @Test
    void aReaderMayGoBackBeyondTheRunUnlessItAskedForThatRun() {
        assertThat(Start.of(null, "0", null).cursor(SPAN)).isZero();
        assertThat(Start.of(null, "0", "2").cursor(SPAN)).isEqualTo(6);
        assertThat(Start.of(null, "9", "2").cursor(SPAN)).isEqualTo(9);
    }

    @Test
    void aNumberThatTheLogNeverHadMeansTheWholeRun() {
        assertThat(Start.of("21", null, null).cursor(SPAN)).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "+1", " 1", "0x1", "1234567890123456789", "１"})
    void whatIsNoNumberIsRefusedByName(String text) {
        assertThatThrownBy(() -> Start.of(text, null, null)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("Last-Event-ID");
        assertThatThrownBy(() -> Start.of(null, text, null)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("\"after\"");
        assertThatThrownBy(() -> Start.of(null, null, text)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("\"attempt\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2147483648", ""})
    void aRunIsCountedFromOne(String text) {
        assertThatThrownBy(() -> Start.of(null, null, text)).isInstanceOf(ProblemException.class);
    }
}
