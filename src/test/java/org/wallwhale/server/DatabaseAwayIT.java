package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.database.TestPostgres;

/** While the database is away nobody gets in, nothing is accepted, and nobody is told that all is well. */
class DatabaseAwayIT {
    private static final String DOWNLOADS = "/api/v1/downloads";
    private static final String WISH = "{\"urlOrId\":\"4730000000\",\"accountName\":\"sandbox\",\"startAt\":\"2099-01-01T00:00:00Z\"}";
    @TempDir
    private Path data;

    @Test
    void protectedCallsAre503UntilItIsBack() throws Exception {
        URI database = URI.create(TestPostgres.newDatabase().substring("jdbc:".length()));
        try (CuttableConnection connection = new CuttableConnection(database.getPort());
                ServerProcess server = ServerProcess.start(data, ServerProcess.freePort(), Map.of(
                        "WALLWHALE_DB_URL", "jdbc:postgresql://127.0.0.1:" + connection.port() + database.getPath(),
                        "WALLWHALE_DB_USER", TestPostgres.USER))) {
            String key = server.post("/admin/api-keys", Map.of("name", "k", "scopes", List.of("download:*"))).path("key").textValue();
            assertThat(server.exchange("GET", DOWNLOADS, null, "X-API-Key", key).statusCode()).isEqualTo(200);
            connection.cut();
            server.await("the server notices", Duration.ofMinutes(1),
                    () -> server.exchange("GET", DOWNLOADS, null, "X-API-Key", key).statusCode() == 503);
            for (HttpResponse<String> answer : List.of(server.exchange("GET", DOWNLOADS, null, "X-API-Key", key),
                    server.exchange("POST", DOWNLOADS, WISH, "X-API-Key", key), server.answer("GET", "/me", null),
                    server.answer("GET", "/admin/audit-logs", null), server.exchange("POST", "/api/v1/auth/login",
                            "{\"email\":\"" + ServerProcess.EMAIL + "\",\"password\":\"" + ServerProcess.PASSWORD + "\"}"))) {
                assertThat(answer.statusCode()).as(answer.request().uri() + " " + answer.body()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(answer.body()).contains("\"code\":\"unavailable\"").doesNotContain("jdbc", "postgres", "Exception", "127.0.0.1");
            }
            assertThat(server.exchange("GET", DOWNLOADS, null, "X-API-Key", key.substring(0, key.length() - 1) + "!").statusCode())
                    .as("a mistyped key needs no database").isEqualTo(401);
            assertThat(server.exchange("GET", "/health/live", null).statusCode()).isEqualTo(200);
            assertThat(server.exchange("GET", "/health/ready", null).statusCode()).isEqualTo(503);
            connection.mend();
            server.await("all is well again", Duration.ofMinutes(1),
                    () -> server.exchange("POST", DOWNLOADS, WISH, "X-API-Key", key).statusCode() == 202
                            && server.exchange("GET", "/health/ready", null).statusCode() == 200);
            server.await("notifications are back", Duration.ofMinutes(1), () -> logged("Notifications between instances are back") == 1);
            assertThat(logged("Notifications between instances are interrupted")).as("told once").isEqualTo(1);
            assertThat(logged("could not show that it lives")).as("told once").isLessThanOrEqualTo(1);
        }
    }

    private long logged(String message) {
        try {
            return Files.readAllLines(data.resolve("server.log")).stream().filter(line -> line.contains(message)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
