package org.wallwhale.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;
import org.wallwhale.OnServers;
import org.wallwhale.ServerKind;
import org.wallwhale.ServerUnderTest;

/** Clients that make a connection for each request, and go on at once when the server ended it, do not fill its memory. */
@OnServers(value = {ServerKind.PAYARA_MICRO, ServerKind.PAYARA_SERVER},
        because = "The application has Payara forget its connections (docs/adr/0004); WildFly looks after its own.")
class ClosedConnectionsIT extends HttpTest {
    private static final int MANY = 300;
    private static final String STREAM = "org.glassfish.grizzly.http2.Http2Stream";
    private static final String CONNECTION = "org.glassfish.grizzly.nio.transport.TCPNIOConnection";
    /** Shorter than the server's keep-alive, for which it would hold on to them. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aConnectionThatIsClosedIsForgottenWhoeverClosedIt() throws Exception {
        long server = ServerUnderTest.pid();
        long before = Heap.instances(server, CONNECTION);
        for (int client = 0; client < MANY; client += 3) {
            assertThat(ask("GET " + Api.CONTEXT + "/health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", true)).startsWith("HTTP/1.1 200 ");
            assertThat(ask("POST " + Api.CONTEXT + "/api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{", true))
                    .as("the server ends the connection with such an answer").startsWith("HTTP/1.1 400 ");
            assertThat(ask("GET " + Api.CONTEXT + "/health/live HTTP/1.1\r\nHost: x\r\n\r\n", false)).startsWith("HTTP/1.1 200 ");
        }
        Wait.until("no more than before and some", SOON, () -> Heap.instances(server, CONNECTION) < before + MANY / 10);
    }

    /** Java's client takes the server's offer of HTTP/2, and all requests go over one connection. */
    @Test
    void aStreamOfHttp2ThatHasEndedIsForgottenBeforeItsConnectionEnds() throws Exception {
        long server = ServerUnderTest.pid();
        HttpClient client = HttpClient.newHttpClient();
        assertThat(refused(client, 4 * MANY).version()).isEqualTo(HttpClient.Version.HTTP_2);
        Wait.until("no more than of the last seconds", SOON, () -> {
            refused(client, MANY / 4);
            return Heap.instances(server, STREAM) < MANY;
        });
        assertThat(refused(client, 1).version()).as("on the same connection").isEqualTo(HttpClient.Version.HTTP_2);
    }

    private static HttpResponse<String> refused(HttpClient client, int times) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(Api.ROOT + "/api/v1/auth/login")).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{")).build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        for (int time = 1; time < times; time++) {
            answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(400);
        }
        return answer;
    }

    /** @param whole to read until the server closes; else the client does so, after the first bytes */
    private static String ask(String request, boolean whole) throws IOException {
        URI server = URI.create(Api.ROOT);
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(whole ? socket.getInputStream().readAllBytes() : socket.getInputStream().readNBytes(100), US_ASCII);
        }
    }
}
