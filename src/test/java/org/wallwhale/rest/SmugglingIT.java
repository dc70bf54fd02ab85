package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;
import org.wallwhale.ServerKind;

/** Requests whose end a proxy and the server could see in different places (RFC 9112, section 11.2). */
class SmugglingIT extends HttpTest {
    private static final String HIDDEN = "GET " + Api.CONTEXT + "/hidden HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String BODY = Api.object().put("email", System.getenv("WALLWHALE_ADMIN_EMAIL"))
            .put("password", System.getenv("WALLWHALE_ADMIN_PASSWORD")).toString();
    private static final int LENGTH = BODY.length();
    private static final String CHUNKED = Integer.toHexString(LENGTH) + "\r\n" + BODY + "\r\n0\r\n\r\n";

    @Test
    void anHonestRequestIsFollowedByTheNext() throws IOException {
        assertThat(said("Content-Length: " + LENGTH, BODY)).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 404 ");
    }

    @Test
    void aChunkedRequestIsTheLastOfItsConnection() throws IOException {
        demandLast("Transfer-Encoding: chunked");
    }

    /** Payara goes by the chunks and hides the length; WildFly shows both. */
    @Test
    void soIsOneWithALengthBeforeItUnlessItIsRefused() throws IOException {
        String headers = "Content-Length: " + LENGTH + "\r\nTransfer-Encoding: chunked";
        if (ServerKind.underTest() == ServerKind.WILDFLY) {
            demandRefused(headers, CHUNKED);
        } else {
            demandLast(headers);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatWouldRatherSpeakHttp2IsAnsweredEachTime(boolean tellsLength) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        for (int call = 0; call < 3; call++) {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(Api.ROOT + "/api/v1/auth/login"))
                    .header("Content-Type", "application/json").POST(tellsLength ? BodyPublishers.ofString(BODY)
                            : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BODY.getBytes(StandardCharsets.US_ASCII)))).build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: {n}\r\nContent-Length: {m}", "Content-Length: {m}\r\nContent-Length: {n}", "Content-Length: {n}, {m}",
        "Content-Length: +{n}", "Content-Length: -{n}", "Content-Length: 0x{n}", "Content-Length : {n}", "Content-Length: {n} {m}",
        "Content-Length:\r\n {n}", "Transfer-Encoding: identity\r\nContent-Length: {n}", "Transfer-Encoding: xchunked\r\nContent-Length: {n}",
        "Transfer-Encoding: \u000bchunked\r\nContent-Length: {n}", "Transfer-Encoding : chunked\r\nContent-Length: {n}",
        "Transfer-Encoding: \"chunked\"\r\nContent-Length: {n}", "X: a\rTransfer-Encoding: chunked\r\nContent-Length: {n}"})
    void aLengthThatIsReadInTwoWaysIsRefusedAndNothingAfterItIsRead(String headers) throws IOException {
        String length = headers.replace("{n}", String.valueOf(LENGTH)).replace("{m}", String.valueOf(LENGTH + HIDDEN.length()));
        if (isUnfolded(headers)) {
            assertThat(said(length, BODY)).as("read where the length says").startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 404 ");
        } else {
            demandRefused(length, BODY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\nContent-Length: {all}", "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity, chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked;q=1", "Transfer-Encoding:\r\n chunked",
        "X: y\nTransfer-Encoding: chunked"})
    void aCodingThatIsReadInTwoWaysIsRefusedAndNothingAfterItIsRead(String headers) throws IOException {
        if (isUnfolded(headers)) {
            demandLast(headers);
        } else {
            demandRefused(headers.replace("{all}", String.valueOf(CHUNKED.length() + HIDDEN.length())), CHUNKED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-{n}\r\n{body}\r\n0\r\n\r\n", "0x{n}\r\n{body}\r\n0\r\n\r\n", "1{16}{n}\r\n{body}\r\n0\r\n\r\n", "{n}\r\n{body}XX0\r\n\r\n",
        "{n};x=\n\r\n{body}\r\n0\r\n\r\n"})
    void aBrokenChunkIsRefusedAndNothingAfterItIsRead(String chunks) throws IOException {
        String body = chunks.replace("{n}", Integer.toHexString(LENGTH)).replace("{16}", "0".repeat(16)).replace("{body}", BODY);
        if (ServerKind.underTest() == ServerKind.WILDFLY && !chunks.contains(";x=")) {
            assertThat(said("Transfer-Encoding: chunked", body)).as("WildFly ends the connection without an answer").isEmpty();
        } else {
            demandRefused("Transfer-Encoding: chunked", body);
        }
    }

    /** Payara reads beyond the announced end of such a body, until it gives up. */
    @ParameterizedTest
    @ValueSource(strings = {"h2c", "websocket", "TLS/1.0", "anything"})
    void anOfferToUpgradeChangesNothing(String protocol) throws IOException {
        String headers = "Connection: Upgrade\r\nUpgrade: " + protocol + "\r\nContent-Length: ";
        assertThat(said(headers + LENGTH, BODY)).startsWith("HTTP/1.1 200 ").contains("accessToken");
        assertThat(said(headers + (BodyFilter.LIMIT_BYTES + 1), BODY)).startsWith("HTTP/1.1 413 ");
    }

    /** WildFly reads a folded header as one line, and a lone LF as the end of one, both as RFC 9112 allows (sections 5.2 and 2.2). */
    private static boolean isUnfolded(String headers) {
        return ServerKind.underTest() == ServerKind.WILDFLY && (headers.contains("\r\n ") || headers.startsWith("X: y\n"));
    }

    private static void demandLast(String headers) throws IOException {
        assertThat(said(headers, CHUNKED)).startsWith("HTTP/1.1 200 ").contains("\nConnection: close\r").doesNotContain("HTTP/1.1 404 ");
    }

    private static void demandRefused(String headers, String body) throws IOException {
        assertThat(said(headers, body)).startsWith("HTTP/1.1 400 ").doesNotContain("HTTP/1.1 404", "accessToken");
    }

    /** All that the server says before it closes the connection, which the last request asks for. */
    private static String said(String headers, String body) throws IOException {
        URI server = URI.create(Api.ROOT);
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(("POST " + Api.CONTEXT + "/api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers
                    + "\r\n\r\n" + body + HIDDEN.replace("Host: x", "Host: x\r\nConnection: close")).getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
