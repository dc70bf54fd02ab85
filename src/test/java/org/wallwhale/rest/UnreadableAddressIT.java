package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;
import org.wallwhale.ServerKind;

/** Over a bare socket: no client sends such addresses by itself. */
class UnreadableAddressIT extends HttpTest {
    private static final String WELL = "GET " + Api.CONTEXT + "/api/v1/nothing HTTP/1.1\r\nHost: x\r\n\r\n";
    /** What its parser of requests answers by itself: escapes that are none, and the backslash. */
    private static final Pattern UNREAD_BY_WILDFLY = Pattern.compile("%(?![0-9a-f]{2})|\\\\");

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/%zz", "/v1/%", "/%1", "/api/v1/downloads/%00", "/api/v1/%ff", "/api/v1/a\\b", "/api/v1/%5c", "/../..",
        "/api/v1/downloads;x=%zz"})
    void anAddressThatCannotBeReadIsAProblem(String address) throws IOException {
        if (address.equals("/../..") && ServerKind.underTest() == ServerKind.WILDFLY && !Api.CONTEXT.isEmpty()) {
            assertThat(answers("GET /../.. HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).as("the root's, above the application")
                    .startsWith("HTTP/1.1 ").doesNotContain("X-Request-Id");
            return;
        }
        for (String request : List.of("GET {} HTTP/1.1\r\nHost: x\r\n\r\n", "POST {} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")) {
            String answer = answers(request.replaceFirst("\\{}", Matcher.quoteReplacement(Api.CONTEXT + address)));
            if (ServerKind.underTest() == ServerKind.WILDFLY && UNREAD_BY_WILDFLY.matcher(address).find()) {
                demandEmpty400(answer);
            } else {
                demandProblem(answer);
            }
        }
    }

    @Test
    void soIsAHostThatIsNone() throws IOException {
        String answer = answers("GET " + Api.CONTEXT + "/api/v1/downloads HTTP/1.1\r\nHost: a:b:c\r\n\r\n");
        if (ServerKind.underTest() == ServerKind.WILDFLY) {
            demandEmpty400(answer);
        } else {
            demandProblem(answer);
        }
    }

    @Test
    void soIsAnAddressThatIsOnlyAHost() throws IOException {
        String answer = answers("CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n");
        if (ServerKind.underTest() == ServerKind.WILDFLY) {
            assertThat(answer).as("WildFly's own, which with the application at its root fails on it")
                    .startsWith(Api.CONTEXT.isEmpty() ? "HTTP/1.1 500 " : "HTTP/1.1 405 ").contains("Connection: close")
                    .doesNotContain("X-Request-Id").doesNotContainIgnoringCase("undertow", "wildfly", "exception");
        } else {
            demandProblem(answer);
        }
    }

    @Test
    void theRequestsBeforeItAreAnsweredAndTheConnectionEndsWithIt() throws IOException {
        String answers = answers(WELL + WELL + "GET " + Api.CONTEXT + "/%zz HTTP/1.1\r\nHost: x\r\n\r\n" + WELL);
        assertThat(answers.split("HTTP/1\\.1 404 ", -1)).hasSize(3);
        assertThat(answers.split("HTTP/1\\.1 400 ", -1)).hasSize(2);
        assertThat(answers.indexOf(" 400 ")).isGreaterThan(answers.lastIndexOf(" 404 "));
    }

    @Test
    void aHeadIsAnsweredWithoutABody() throws IOException {
        assertThat(answers("HEAD /%zz HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\n");
    }

    /** The server's own refusal: nothing but that, and the end of the connection. */
    private static void demandEmpty400(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Content-Length: 0\r\n", "Connection: close\r\n").endsWith("\r\n\r\n")
                .doesNotContainIgnoringCase("undertow", "wildfly");
    }

    private static void demandProblem(String answer) throws IOException {
        String[] parts = answer.split("\r\n\r\n", 2);
        assertThat(parts[0]).startsWith("HTTP/1.1 400 ").containsIgnoringCase("content-type: application/problem+json")
                .containsIgnoringCase("connection: close").containsIgnoringCase("x-content-type-options: nosniff");
        JsonNode problem = Json.MAPPER.readTree(parts[1]);
        assertThat(problem.get("code").textValue()).isEqualTo("malformed");
        assertThat(problem.get("detail").textValue()).isEqualTo(problem.get("message").textValue()).endsWith(".");
        assertThat(parts[0]).contains("X-Request-Id: " + problem.get("instance").textValue());
    }

    /** All that comes until the server closes the connection. */
    private static String answers(String requests) throws IOException {
        URI server = URI.create(Api.ROOT);
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
