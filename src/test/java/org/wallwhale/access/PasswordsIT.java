package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

/** Passwords from outside. Wrong ones come from addresses of their own, so that they throttle no other test. */
class PasswordsIT extends HttpTest {
    private static final String USERS = "/api/v1/admin/users";
    private static final String PASSWORD = "teapot lantern gravel sixty";
    private final Api administrator = Api.administrator();

    @ParameterizedTest
    @CsvSource({"admin@localhost, admin", "admin@example.org, admin", "admin@example.org, password", "admin@example.org, changeme", "admin, admin",
        "root, root", "wallwhale, wallwhale", "user@example.org, user", "test@example.org, test", "admin@example.org, ''"})
    void noAccountHasAPasswordThatIsTriedFirst(String email, String password) throws IOException {
        assertThat(loginFrom("127.0.0.31", email, password)).matches("(?s)HTTP/1\\.1 4(00|01|29) .*").doesNotContain("accessToken");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 72, 73, 128})
    void everyCharacterOfALongPasswordCounts(int length) throws IOException {
        String email = "long-" + UUID.randomUUID() + "@example.org";
        String password = "Ünïcode 壁紙 ".concat(PASSWORD.repeat(5)).substring(0, length - 1) + "Z";
        assertThat(administrator.post(USERS, Api.object().put("email", email).put("password", password)).status()).isEqualTo(201);
        assertThat(loginFrom("127.0.0.32", email, password.substring(0, length - 1) + "z")).startsWith("HTTP/1.1 401 ");
        assertThat(loginFrom("127.0.0.32", email, password.substring(0, length - 1))).startsWith("HTTP/1.1 401 ");
        assertThat(loginFrom("127.0.0.32", email, password + " ")).startsWith("HTTP/1.1 401 ");
        assertThat(loginFrom("127.0.0.32", email, password)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void theSameAnswerIsGivenForAnUnknownAccountAWrongPasswordAndADeactivatedUser() throws IOException {
        String email = "gone-" + UUID.randomUUID() + "@example.org";
        administrator.post(USERS, Api.object().put("email", email).put("password", PASSWORD).put("isActive", false));
        String unknown = loginFrom("127.0.0.33", "unknown-" + UUID.randomUUID() + "@example.org", PASSWORD);
        assertThat(unknown).startsWith("HTTP/1.1 401 ");
        for (String answer : new String[] {loginFrom("127.0.0.33", SecondUser.EMAIL, PASSWORD), loginFrom("127.0.0.33", email, PASSWORD)}) {
            assertThat(withoutIds(answer)).isEqualTo(withoutIds(unknown));
        }
    }

    @Test
    void aChangedPasswordEndsEverySessionOfTheUser() {
        String email = "ann-" + UUID.randomUUID() + "@example.org";
        administrator.post(USERS, Api.object().put("email", email).put("password", PASSWORD));
        JsonNode here = Api.anonymous().login(email, PASSWORD).json();
        JsonNode elsewhere = Api.anonymous().login(email, PASSWORD).json();
        assertThat(api(elsewhere).get(DOWNLOADS).status()).isEqualTo(200);
        Answer changed = api(here).send("PUT", "/api/v1/me/password", BodyPublishers.ofString(Api.object().put("oldPassword", PASSWORD)
                .put("newPassword", "quarry hinge ballad moss").toString()), "Content-Type", "application/json");
        assertThat(changed.status()).isEqualTo(204);
        for (JsonNode session : new JsonNode[] {here, elsewhere}) {
            Problems.demand(api(session).get(DOWNLOADS), 401, "unauthenticated");
            Problems.demand(Api.anonymous().post("/api/v1/auth/refresh",
                    Api.object().put("refreshToken", session.get("refreshToken").textValue())), 401, "unauthenticated");
        }
    }

    private static Api api(JsonNode login) {
        return Api.withToken(login.get("accessToken").textValue());
    }

    private static String withoutIds(String answer) {
        return answer.replaceAll("(?i)(x-request-id: |\"instance\":\"|date: )[^\"\r\n]*", "$1");
    }

    private static String loginFrom(String address, String email, String password) throws IOException {
        URI server = URI.create(Api.ROOT);
        byte[] body = Api.object().put("email", email).put("password", password).toString().getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort(), InetAddress.getByName(address), 0)) {
            socket.getOutputStream().write(("POST " + Api.CONTEXT + "/api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
