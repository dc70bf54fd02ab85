package org.wallwhale.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;
import org.wallwhale.ServerUnderTest;

/** What an administrator looks at on the pages of the server itself. */
class LooksIT extends HttpTest {
    private static final String ADMIN = "/api/v1/admin";
    private final Api administrator = Api.administrator();

    @Test
    void theQueueSaysWhetherItIsPaused() {
        assertThat(look("/queue").get("paused").booleanValue()).isFalse();
        administrator.post(ADMIN + "/queue/pause", "");
        try {
            assertThat(look("/queue").get("paused").booleanValue()).isTrue();
        } finally {
            administrator.post(ADMIN + "/queue/resume", "");
        }
        assertThat(look("/queue").get("paused").booleanValue()).isFalse();
    }

    @Test
    void whereNoDepotDownloaderIsSetUpItSaysSoAndHowToGetOne() {
        JsonNode engine = look("/engine");
        assertThat(engine.get("found").booleanValue()).isFalse();
        assertThat(engine.get("state").textValue()).isEqualTo("none");
        assertThat(engine.get("problem").textValue()).contains("No DepotDownloader").endsWith(".");
        assertThat(engine.get("cure").textValue()).contains("wallwhale.engine.depotdownloader-path").endsWith(".");
        assertThat(engine.get("howToGetIt").textValue()).contains("3.4.0");
        assertThat(engine.get("sandboxEnabled").booleanValue()).isTrue();
    }

    @Test
    void theStoreSaysHowFullItAndItsDiskAre() {
        administrator.awaitFinished(administrator.submit("4900000100").get("id").textValue());
        JsonNode storage = look("/storage");
        assertThat(storage.get("freeBytes").longValue()).isPositive().isLessThan(storage.get("totalBytes").longValue());
        assertThat(storage.get("lowWatermarkBytes").longValue()).isPositive();
        assertThat(storage.get("usedBytes").longValue()).isNotNegative();
        assertThat(storage.get("contents").longValue()).isNotNegative();
    }

    @Test
    void settingsShowWhereTheyComeFromAndNoSecret() {
        Map<String, JsonNode> settings = StreamSupport.stream(look("/settings").get("settings").spliterator(), false)
                .collect(Collectors.toMap(setting -> setting.get("name").textValue(), setting -> setting));
        JsonNode untouched = settings.get("wallwhale.audit.keep-days");
        assertThat(untouched.get("value").textValue()).isEqualTo("365");
        assertThat(untouched.get("defaultValue").textValue()).isEqualTo("365");
        assertThat(untouched.get("source").textValue()).isEqualTo("default");
        assertThat(untouched.get("variable").textValue()).isEqualTo("WALLWHALE_AUDIT_KEEP_DAYS");
        assertThat(untouched.get("meaning").textValue()).startsWith("Days that the audit log is kept");
        JsonNode password = settings.get("wallwhale.admin.password");
        assertThat(password.get("value").textValue()).isEqualTo("***");
        assertThat(password.get("source").textValue()).isEqualTo("environment");
        assertThat(settings.get("wallwhale.url").get("value").isNull()).isTrue();
        assertThat(settings.get("wallwhale.url").get("source").isNull()).isTrue();
        assertThat(settings.toString()).doesNotContain(System.getenv("WALLWHALE_ADMIN_PASSWORD"));
        if (ServerUnderTest.isOnPostgres()) {
            assertThat(settings.get("wallwhale.db.password").get("value").textValue()).isEqualTo("***");
        }
    }

    @Test
    void statsTellOfTheQueueTheDayTheStoreAndTheAccounts() {
        long before = finished(look("/stats"), "success");
        administrator.awaitFinished(administrator.submit("4900000200").get("id").textValue());
        administrator.awaitFinished(administrator.submit("4900000223").get("id").textValue());
        JsonNode stats = administrator.awaitAnswer("/api/v1/admin/stats", answer -> finished(answer.json(), "success") > before
                && finished(answer.json(), "failed") > 0).json();
        assertThat(stats.get("finished")).hasSize(24);
        assertThat(finished(stats, "bytes")).isPositive();
        assertThat(stats.get("reasons").findValuesAsText("code")).contains("item_not_found");
        assertThat(stats.at("/queue/success").longValue()).isPositive();
        assertThat(stats.at("/storage/totalBytes").longValue()).isPositive();
        assertThat(stats.get("accounts").isArray()).isTrue();
    }

    @Test
    void onlyAdministratorsLook() {
        for (String path : List.of("/queue", "/engine", "/storage", "/settings", "/stats")) {
            Problems.demand(Api.secondUser().get(ADMIN + path), 403, "forbidden");
            Problems.demand(Api.anonymous().get(ADMIN + path), 401, "unauthenticated");
        }
    }

    private JsonNode look(String path) {
        return administrator.get(ADMIN + path).json();
    }

    private static long finished(JsonNode stats, String what) {
        return StreamSupport.stream(stats.get("finished").spliterator(), false).mapToLong(hour -> hour.get(what).longValue()).sum();
    }
}
