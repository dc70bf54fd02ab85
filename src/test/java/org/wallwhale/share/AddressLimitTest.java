package org.wallwhale.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wallwhale.config.Settings;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

class AddressLimitTest {
    private static final Map<String, String> SETTINGS = Map.of("wallwhale.share.requests-per-minute", "3", "wallwhale.share.longest-days", "1",
            "wallwhale.share.default-days", "1");
    private final AddressLimit limit = new AddressLimit(new ShareConfig(new Settings(key -> Optional.ofNullable(SETTINGS.get(key)))));

    @Test
    void anAddressHasSoManyRequestsAMinuteAndItsNeighboursHaveTheirOwn() {
        for (String address : new String[] {"192.0.2.1", "192.0.2.2", "2001:db8::1"}) {
            for (int i = 0; i < 3; i++) {
                limit.demand(address);
            }
            demandRefused(address);
        }
        demandRefused("2001:db8::2");
        limit.demand("2001:db8:0:1::1");
    }

    private void demandRefused(String address) {
        assertThatThrownBy(() -> limit.demand(address)).as(address).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS));
    }
}
