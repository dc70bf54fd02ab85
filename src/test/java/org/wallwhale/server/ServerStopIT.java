package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerStopIT {
    private static final int CALLS = 25;
    @TempDir
    private Path folder;

    @Test
    void aCleanStopGivesDownloadsBackAndLosesNoCallOfAKey() throws Exception {
        int port = ServerProcess.freePort();
        String id;
        String download;
        try (ServerProcess server = ServerProcess.start(folder, port, Map.of())) {
            download = server.post("/downloads", Map.of("urlOrId", "3000000003", "accountName", "sandbox")).path("id").asText();
            server.await("the download to run", Duration.ofSeconds(60),
                    () -> server.get("/downloads/" + download).path("status").asText().equals("running"));
            JsonNode created = server.post("/admin/api-keys", Map.of("name", "busy", "scopes", List.of("download:read")));
            id = created.path("apiKey").path("id").asText();
            for (int call = 0; call < CALLS; call++) {
                server.getWithKey("/downloads", created.path("key").asText());
            }
        }
        try (ServerProcess next = ServerProcess.start(folder, port, Map.of())) {
            assertThat(next.exchange("GET", "/metrics", null).body()).as("told before anybody's limits were looked at")
                    .contains("\nwallwhale_uncounted_requests_total 0.0\n");
            next.await("the download to end", Duration.ofSeconds(60),
                    () -> next.get("/downloads/" + download).path("status").asText().equals("success"));
            assertThat(next.answer("GET", "/downloads/" + download + "/logs?attempt=1", null).body()).contains("The server stops; the download waits for its return.");
            assertThat(next.get("/admin/api-keys/" + id + "/usage").path("total").asInt()).isEqualTo(CALLS);
            assertThat(next.get("/admin/api-keys/" + id).path("requestCount").asInt()).isEqualTo(CALLS);
            itOutlivesAFullDiskAndSoDoesItsH2(next, download);
        }
    }

    /** H2 closes itself when it cannot write; without being opened anew it would stay so until the next start. */
    private static void itOutlivesAFullDiskAndSoDoesItsH2(ServerProcess server, String download) throws Exception {
        Map<String, String> wish = Map.of("urlOrId", "4750000000", "accountName", "sandbox", "startAt", "2099-01-01T00:00:00Z");
        try (FullDisk disk = FullDisk.of(server.pid())) {
            Wait.until("it is not ready", Duration.ofMinutes(1), () -> server.exchange("GET", "/health/ready", null).statusCode() == 503);
            HttpResponse<String> refused = server.answer("POST", "/downloads", wish);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(server.exchange("GET", "/health/live", null).statusCode()).isEqualTo(200);
        }
        Wait.until("it is ready", Duration.ofMinutes(1), () -> server.exchange("GET", "/health/ready", null).statusCode() == 200);
        Wait.until("it accepts", Duration.ofMinutes(1), () -> server.answer("POST", "/downloads", wish).statusCode() == 202);
        assertThat(server.get("/downloads/" + download).path("status").asText()).as("what was committed").isEqualTo("success");
    }
}
