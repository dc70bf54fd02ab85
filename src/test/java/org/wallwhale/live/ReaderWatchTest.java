package org.wallwhale.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReaderWatchTest {
    @Test
    void aFewStalledReadersGetMoreTimeThanMany() {
        assertThat(ReaderWatch.patience(1)).isEqualTo(Duration.ofSeconds(20).toNanos());
        assertThat(ReaderWatch.patience(50)).isEqualTo(Duration.ofSeconds(5).toNanos());
    }
}
