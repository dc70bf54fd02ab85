package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SpanTest {
    private final Span.Reader reader = new Span.Reader();

    @Test
    void aNumberWithAUnitIsATime() {
        assertThat(reader.convert("90s").duration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(reader.convert("30m").duration()).isEqualTo(Duration.ofMinutes(30));
        assertThat(reader.convert("12h").duration()).isEqualTo(Duration.ofHours(12));
        assertThat(reader.convert("7d").duration()).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "0d", "-1d", "7 d", "7w", "d", "1h30m", "9999999d"})
    void anythingElseIsNone(String text) {
        assertThatThrownBy(() -> reader.convert(text)).isInstanceOf(TypeConversionException.class).hasMessageContaining("12h");
    }
}
