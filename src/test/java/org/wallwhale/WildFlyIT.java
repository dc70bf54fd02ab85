package org.wallwhale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api.Answer;
import org.wallwhale.metrics.Exposition;

/** An unmodified WildFly with the same WAR below a context path: it drops beans, roles and writes without a word where it does. */
class WildFlyIT {
    private static final String USERS = "/api/v1/admin/users";
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static AppServer server;
    private static Api administrator;

    @BeforeAll
    static void start() throws Exception {
        Path folder = AppServer.fresh(Path.of("target/server-under-test/wildfly"));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = AppServer.start(ServerKind.WILDFLY, folder, "/wallwhale", port,
                Map.of("WALLWHALE_DATA_DIR", folder.resolve("data").toAbsolutePath().toString()));
        administrator = as(System.getenv("WALLWHALE_ADMIN_EMAIL"), System.getenv("WALLWHALE_ADMIN_PASSWORD"));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Api as(String email, String password) {
        return Api.withToken(here(Api.anonymous()).login(email, password).json().get("accessToken").textValue()).at(server.url());
    }

    private static Api here(Api api) {
        return api.at(server.url());
    }

    /** Of the address that an answer names. */
    private static String path(Answer made) {
        String path = URI.create(made.header("Location")).getPath();
        assertThat(path).startsWith("/wallwhale/");
        return path.substring("/wallwhale".length());
    }

    @Test
    void scopesAndRolesAreEnforced() {
        Problems.demand(here(Api.anonymous()).get(Api.DOWNLOADS), 401, "unauthenticated");
        Api reader = here(Api.withKey(administrator.createKey("live", "download:read")));
        assertThat(reader.get(Api.DOWNLOADS).status()).isEqualTo(200);
        Problems.demand(reader.post(Api.DOWNLOADS, Api.object().put("urlOrId", "3000000000").put("accountName", "sandbox")), 403, "forbidden");
        String email = UUID.randomUUID() + "@example.org";
        assertThat(administrator.post(USERS, Api.object().put("email", email).put("password", "the password of a user").put("role", "user"))
                .status()).isEqualTo(201);
        Problems.demand(as(email, "the password of a user").get(USERS), 403, "forbidden");
    }

    @Test
    void itIsReadyAndTellsWhatItDoes() {
        assertThat(here(Api.anonymous()).get("/health").json().get("status").textValue()).isEqualTo("UP");
        assertThat(here(Api.anonymous()).get("/status").json().at("/services/database").textValue()).isEqualTo("connected");
        assertThat(Exposition.of(here(Api.anonymous()).get("/metrics").text()).series()).containsKeys("depot_download_jobs_active",
                "wallwhale_event_streams", "wallwhale_loop_age_seconds{loop=\"claim downloads\"}",
                "wallwhale_loop_age_seconds{loop=\"link new entries of the audit log\"}");
    }

    @Test
    void nothingOfItLiesOutsideOfItsContext() {
        Api root = Api.anonymous().at(server.url().substring(0, server.url().lastIndexOf('/')));
        for (String path : new String[] {"/health", "/health/ready", "/metrics", "/openapi", "/mp-health", "/mp-metrics"}) {
            assertThat(root.get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void aDownloadSucceedsAndItsZipIsServedInParts() {
        Answer submitted = administrator.post(Api.DOWNLOADS, Api.object().put("urlOrId", "3000000000").put("accountName", "sandbox"));
        assertThat(submitted.status()).isEqualTo(202);
        String download = path(submitted);
        administrator.awaitAnswer(download, answer -> answer.json().get("status").textValue().equals("success"));
        Answer part = administrator.get(download + "/zip", "Range", "bytes=0-1");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("PK");
        assertThat(administrator.get(download + "/logs").text()).contains("data: Archive created", "event: end");
        JsonNode files = administrator.get(download + "/files").json().get("files");
        assertThat(files).isNotEmpty();
    }

    @Test
    void whatIsPatchedIsKept() {
        ObjectNode wish = Api.object().put("name", "before");
        wish.putArray("scopes").add("download:read");
        Answer made = administrator.post(KEYS, wish);
        assertThat(made.status()).isEqualTo(201);
        String key = path(made);
        assertThat(administrator.send("PATCH", key, BodyPublishers.ofString("{\"name\":\"after\"}"), "Content-Type",
                "application/merge-patch+json").status()).isEqualTo(200);
        assertThat(administrator.get(key).json().get("name").textValue()).isEqualTo("after");
        administrator.awaitAnswer("/api/v1/admin/audit-logs?limit=200", log -> log.text().contains("\"after\""));
    }

    @Test
    void aForwardedAnswerNamesNoCharsetThatItIsNotIn() {
        assertThat(here(Api.anonymous()).get("/v1/downloads").header("Content-Type")).isEqualTo("application/problem+json");
    }
}
