package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server gets its first administrator. */
class SetupIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "teapot lantern gravel sixty";
    @TempDir
    private Path folder;

    @Test
    void aServerWithoutAnAdministratorIsSetUpOnceWithTheTokenOfItsLog() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, ServerProcess.freePort(), Map.of("WALLWHALE_ADMIN_EMAIL", ""))) {
            Path file = folder.resolve("data/secrets/setup-token");
            String token = Files.readString(file);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(Files.readString(folder.resolve("server.log"))).contains("\"token\":\"" + token + "\"");
            assertThat(server.answer("GET", "/setup", null).body()).isEqualTo("{\"needed\":true}");
            assertThat(setUp(server, "guess", 0).statusCode()).isEqualTo(403);
            assertThat(login(server, "admin@localhost", "admin").statusCode()).isEqualTo(401);

            List<CompletableFuture<Integer>> tries = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> setUp(server, token, i).statusCode())).toList();
            assertThat(tries.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(201, 409, 409, 409);
            assertThat(file).doesNotExist();
            assertThat(setUp(server, token, 9).statusCode()).isEqualTo(409);
            assertThat(server.answer("GET", "/setup", null).body()).isEqualTo("{\"needed\":false}");
            int made = IntStream.range(0, 4).filter(i -> login(server, "root" + i + "@example.org", PASSWORD).statusCode() == 200)
                    .findFirst().orElseThrow();
            String access = json(login(server, "root" + made + "@example.org", PASSWORD)).path("accessToken").asText();
            assertThat(json(server.answer("GET", "/admin/users", null, "Authorization", "Bearer " + access)).path("pagination")
                    .path("total").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aGeneratedPasswordOpensNothingUntilItIsChangedWhileTheLaunchersKeyShowsTheSandbox() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, ServerProcess.freePort(), Map.of("WALLWHALE_ADMIN_PASSWORD", ""))) {
            String generated = Files.readString(folder.resolve("data/secrets/first-administrator-password"));
            String key = Files.readString(folder.resolve("data/secrets/first-start-key"));
            String token = json(login(server, ServerProcess.EMAIL, generated)).path("accessToken").asText();
            HttpResponse<String> refused = server.answer("GET", "/downloads", null, "Authorization", "Bearer " + token);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(json(refused).path("code").asText()).isEqualTo("password_change_needed");

            assertThat(server.answer("POST", "/downloads", Map.of("urlOrId", "3000000000"), "X-API-Key", key).statusCode()).isEqualTo(202);
            assertThat(server.answer("GET", "/admin/users", null, "X-API-Key", key).statusCode()).isEqualTo(403);

            assertThat(server.answer("PUT", "/me/password", Map.of("oldPassword", generated, "newPassword", PASSWORD),
                    "Authorization", "Bearer " + token).statusCode()).isEqualTo(204);
            String free = json(login(server, ServerProcess.EMAIL, PASSWORD)).path("accessToken").asText();
            assertThat(server.answer("GET", "/admin/users", null, "Authorization", "Bearer " + free).statusCode()).isEqualTo(200);
            assertThat(Files.readString(folder.resolve("server.log"))).doesNotContain(generated, key);
        }
    }

    private static HttpResponse<String> setUp(ServerProcess server, String token, int number) {
        return server.answer("POST", "/setup", Map.of("token", token, "email", "root" + number + "@example.org", "password", PASSWORD));
    }

    private static HttpResponse<String> login(ServerProcess server, String email, String password) {
        return server.answer("POST", "/auth/login", Map.of("email", email, "password", password));
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body());
    }
}
