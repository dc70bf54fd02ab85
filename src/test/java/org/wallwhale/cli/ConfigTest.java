package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads system properties, as the environment of a test cannot be changed. */
class ConfigTest {
    private final Commands commands = new Commands();

    @BeforeEach
    @AfterEach
    void clear() {
        System.clearProperty("wallwhale.db.password");
        System.clearProperty("wallwhale.http.port");
        System.clearProperty("wallwhale.worker.slots");
        System.setProperty("wallwhale.data-dir", "target/config-test");
    }

    @AfterEach
    void forgetFolder() {
        System.clearProperty("wallwhale.data-dir");
    }

    @Test
    void everySettingIsShownWithItsSourceAndNoSecret() throws IOException {
        System.setProperty("wallwhale.db.password", "very secret");
        assertThat(commands.run(new ConfigShow(), "--json")).isZero();
        assertThat(commands.out()).doesNotContain("very secret");
        assertThat(commands.json()).hasSizeGreaterThan(50);
        assertThat(setting("wallwhale.db.password").toString()).contains("\"value\":\"***\"", "\"source\":\"system property\"");
        assertThat(setting("wallwhale.store.keep-days").toString()).contains("\"value\":\"30\"", "\"source\":\"default\"");
        assertThat(setting("wallwhale.db.user").get("value").isNull()).isTrue();
        assertThat(commands.run(new ConfigShow(), "WORKER_SLOTS", "store.keep-days")).isZero();
        assertThat(commands.out().lines()).hasSize(3);
        assertThat(commands.run(new ConfigShow(), "no-such")).isEqualTo(2);
    }

    @Test
    void allFaultsAreToldAtOnce() throws IOException {
        assertThat(commands.run(new ConfigCheck())).as(commands.out()).isZero();
        System.setProperty("wallwhale.http.port", "none");
        System.setProperty("wallwhale.worker.slots", "-1");
        assertThat(commands.run(new ConfigCheck())).isEqualTo(3);
        assertThat(commands.out()).contains("WALLWHALE_HTTP_PORT must be", "WALLWHALE_WORKER_SLOTS must be");
        assertThat(commands.run(new ConfigCheck(), "--json")).isEqualTo(3);
        assertThat(commands.json().get("faults")).hasSize(2);
    }

    private JsonNode setting(String name) throws IOException {
        for (JsonNode setting : commands.json()) {
            if (setting.get("name").asText().equals(name)) {
                return setting;
            }
        }
        throw new AssertionError("no " + name);
    }
}
