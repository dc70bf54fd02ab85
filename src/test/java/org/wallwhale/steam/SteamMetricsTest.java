package org.wallwhale.steam;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.engine.Reason;
import org.wallwhale.metrics.Exposition;
import org.wallwhale.metrics.Registry;

class SteamMetricsTest {
    @TempDir
    private Path data;
    private Beans beans;

    @BeforeEach
    void open() {
        beans = new Beans(TestDatabase.h2(), Map.of("wallwhale.data-dir", data.toString(), "wallwhale.steam.account-logins-per-hour", "2",
                "wallwhale.steam.address-logins-per-hour", "5"));
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void whatIsLeftOfLoginsIsToldByAliasForTheFirstHundredAccounts() throws Exception {
        UUID used = SteamAccounts.add(beans, "a-used", null);
        UUID wrong = SteamAccounts.add(beans, "b-wrong", null);
        for (int i = 0; i < SteamMetrics.MOST_ACCOUNTS; i++) {
            SteamAccounts.add(beans, "more" + i, null);
        }
        SeatService seats = beans.get(SeatService.class);
        for (Seat seat : new Seat[] {new Seat(used, "a-used"), new Seat(used, "a-used"), Seat.anonymous()}) {
            beans.transaction(() -> {
                seats.charge(seat, beans.get(ClockRepository.class).now());
                return null;
            });
        }
        seats.learn(new Seat(wrong, "b-wrong"), seats.credentials(new Seat(wrong, "b-wrong")), Optional.empty(), Optional.of(Reason.WRONG_PASSWORD));
        SteamMetrics metrics = beans.get(SteamMetrics.class);
        metrics.declare(beans.get(Registry.class));
        metrics.refresh();
        Map<String, Double> series = Exposition.of(beans.get(Registry.class)).series();
        assertThat(series).containsEntry("wallwhale_steam_account_logins_left{account=\"a-used\"}", 0.0)
                .containsEntry("wallwhale_steam_account_logins_left{account=\"b-wrong\"}", 2.0)
                .containsEntry("wallwhale_steam_account_needs_help{account=\"a-used\"}", 0.0)
                .containsEntry("wallwhale_steam_account_needs_help{account=\"b-wrong\"}", 1.0)
                .containsEntry("wallwhale_steam_address_logins_left", 2.0);
        assertThat(series.get("wallwhale_steam_account_wait_seconds{account=\"a-used\"}")).isBetween(3590.0, 3600.0);
        assertThat(series.keySet()).filteredOn(name -> name.startsWith("wallwhale_steam_account_needs_help")).hasSize(SteamMetrics.MOST_ACCOUNTS);
    }
}
