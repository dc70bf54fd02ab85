package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;

/** Over a bare socket: no client sends such addresses by itself. */
class UnreadableAddressIT extends HttpTest {
    private static final String WELL = "GET /api/v1/nothing HTTP/1.1\r\nHost: x\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/%zz", "/v1/%", "/%1", "/api/v1/downloads/%00", "/api/v1/%ff", "/api/v1/a\\b", "/api/v1/%5c", "/../..",
        "/api/v1/downloads;x=%zz"})
    void anAddressThatCannotBeReadIsAProblem(String address) throws IOException {
        demandProblem(answers("GET " + address + " HTTP/1.1\r\nHost: x\r\n\r\n"));
        demandProblem(answers("POST " + address + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"));
    }

    @Test
    void soIsAHostThatIsNone() throws IOException {
        demandProblem(answers("GET /api/v1/downloads HTTP/1.1\r\nHost: a:b:c\r\n\r\n"));
        demandProblem(answers("CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n"));
    }

    @Test
    void theRequestsBeforeItAreAnsweredAndTheConnectionEndsWithIt() throws IOException {
        String answers = answers(WELL + WELL + "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n" + WELL);
        assertThat(answers.split("HTTP/1\\.1 404 ", -1)).hasSize(3);
        assertThat(answers.split("HTTP/1\\.1 400 ", -1)).hasSize(2);
        assertThat(answers.indexOf(" 400 ")).isGreaterThan(answers.lastIndexOf(" 404 "));
    }

    @Test
    void aHeadIsAnsweredWithoutABody() throws IOException {
        assertThat(answers("HEAD /%zz HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\n");
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
