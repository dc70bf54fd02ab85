package org.wallwhale.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wallwhale.metrics.Exposition;
import org.wallwhale.metrics.Registry;

class QuotaMetricsTest {
    private static final String NAME = "depot_api_key_usage_total";
    private final Registry registry = new Registry();
    private final QuotaMetrics metrics = new QuotaMetrics(registry);

    @Test
    void theFirstThousandKeysAreToldApartAndTheOthersCountTogether() {
        UUID first = UUID.randomUUID();
        metrics.countUse(first, "GET /downloads");
        for (int key = 1; key < QuotaMetrics.MOST_KEYS; key++) {
            metrics.countUse(UUID.randomUUID(), "GET /downloads");
        }
        for (int late = 0; late < 50; late++) {
            metrics.countUse(UUID.randomUUID(), "GET /downloads");
        }
        metrics.countUse(UUID.randomUUID(), "POST /downloads");
        metrics.countUse(first, "GET /downloads");
        metrics.countUse(first, "POST /downloads");
        Exposition told = Exposition.of(registry);
        assertThat(told.value(NAME + "{endpoint=\"GET /downloads\",keyId=\"" + first + "\"}")).isEqualTo(2);
        assertThat(told.value(NAME + "{endpoint=\"POST /downloads\",keyId=\"" + first + "\"}")).isEqualTo(1);
        assertThat(told.value(NAME + "{endpoint=\"GET /downloads\",keyId=\"other\"}")).isEqualTo(50);
        assertThat(told.value(NAME + "{endpoint=\"POST /downloads\",keyId=\"other\"}")).isEqualTo(1);
        assertThat(told.series().keySet()).filteredOn(series -> series.startsWith(NAME)).hasSize(QuotaMetrics.MOST_KEYS + 3);
    }
}
