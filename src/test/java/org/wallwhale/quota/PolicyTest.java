package org.wallwhale.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    @ParameterizedTest
    @CsvSource({
        "MINUTE, 2026-02-28T23:59:59.999Z, 2026-02-28T23:59:00Z, 2026-03-01T00:00:00Z",
        "MINUTE, 2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z, 2026-03-01T00:01:00Z",
        "DAILY, 2026-02-28T23:59:59.999Z, 2026-02-28T00:00:00Z, 2026-03-01T00:00:00Z",
        "MONTHLY, 2026-02-28T23:59:59.999Z, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
        "MONTHLY, 2028-02-29T12:00:00Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "DOWNLOADS_DAILY, 2026-12-31T12:00:00Z, 2026-12-31T00:00:00Z, 2027-01-01T00:00:00Z",
        "DOWNLOADS_MONTHLY, 2026-12-31T12:00:00Z, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
    })
    void windowsAreStretchesOfUtcTime(Policy policy, Instant time, Instant start, Instant end) {
        assertThat(policy.window(time)).isEqualTo(new Policy.Window(start, end));
    }
}
