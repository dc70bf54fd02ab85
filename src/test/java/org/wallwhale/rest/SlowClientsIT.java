package org.wallwhale.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.wallwhale.Api.DOWNLOADS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;
import org.wallwhale.ServerUnderTest;

/** Clients that take or send next to nothing, more of them than the server has threads. */
class SlowClientsIT extends HttpTest {
    private static final int MANY = 40;
    private final Api admin = Api.administrator();
    private final String key = admin.createKey("live", "download:*");
    private final List<Socket> slow = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void stalledReadersAndSlowSendersHinderNobody() throws IOException {
        String zip = largeZip();
        long length = Long.parseLong(admin.head(zip).header("Content-Length"));
        for (int client = 0; client < MANY; client++) {
            say("GET " + Api.CONTEXT + zip + " HTTP/1.1\r\n", "\r\n");
            say("POST " + Api.CONTEXT + DOWNLOADS + " HTTP/1.1\r\n", "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
        }
        for (int round = 0; round < 20; round++) {
            assertThat(admin.get("/health").status()).isEqualTo(200);
            assertThat(admin.get(DOWNLOADS).status()).isEqualTo(200);
        }
        assertThat(openContent()).as("readers that wait").isPositive();
        awaitNobodyReads();
        for (int client = 0; client < 2 * MANY; client += 2) {
            assertThat(slow.get(client).getInputStream().readAllBytes()).as("what a stalled reader still got")
                    .hasSizeLessThan((int) length);
        }
        assertThat(admin.get(zip).bytes()).hasSize((int) length);
    }

    @Test
    void aBodyThatNeverEndsIsAnswered() throws IOException {
        say("POST " + Api.CONTEXT + DOWNLOADS + " HTTP/1.1\r\n", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        Socket sender = slow.get(0);
        String status = null;
        while (status == null) {
            sender.getOutputStream().write("1\r\n \r\n".getBytes(US_ASCII));
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            if (sender.getInputStream().available() > 0) {
                status = new BufferedReader(new InputStreamReader(sender.getInputStream(), US_ASCII)).readLine();
            }
        }
        assertThat(status).startsWith("HTTP/1.1 408 ");
    }

    /** By HTTP/2 as a client speaks it that knows the server can (RFC 9113, 3.3). */
    @Test
    void aBodyThatStopsInTheMiddleOfAStreamHoldsItsPlaceNoLongerThanOthers() throws IOException {
        for (int client = 0; client < MANY; client++) {
            Http2Stream.startBody(slow, URI.create(Api.ROOT), Api.CONTEXT + DOWNLOADS, key);
        }
        awaitAnswerToASlowSender("HTTP/1.1 503 ", "all places to be held");
        awaitAnswerToASlowSender("HTTP/1.1 202 ", "places to be free again");
    }

    /** To somebody whose body follows its head a bit later, and who tries again and again. */
    private void awaitAnswerToASlowSender(String wanted, String why) throws IOException {
        String body = Api.object().put("urlOrId", "4300000002").put("accountName", "sandbox").put("startAt", "2099-01-01T00:00:00Z").toString();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        String status = "";
        while (!status.startsWith(wanted)) {
            assertThat(System.nanoTime()).as("the deadline for " + why + "; now " + status).isLessThan(deadline);
            Socket sender = say("POST " + Api.CONTEXT + DOWNLOADS + " HTTP/1.1\r\n", "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n");
            status = statusOf(sender, body);
        }
    }

    /** Sends the body when the server has said nothing for longer than it looks for a place. */
    private static String statusOf(Socket sender, String body) throws IOException {
        BufferedReader answer = new BufferedReader(new InputStreamReader(sender.getInputStream(), US_ASCII));
        sender.setSoTimeout(300);
        try {
            return answer.readLine();
        } catch (SocketTimeoutException waiting) {
            sender.setSoTimeout(0);
            sender.getOutputStream().write(body.getBytes(US_ASCII));
            return answer.readLine();
        }
    }

    @Test
    void aBodyInPiecesIsOneBody() throws IOException {
        String body = Api.object().put("urlOrId", "4300000001").put("accountName", "sandbox")
                .put("startAt", "2099-01-01T00:00:00Z").toString();
        for (String path : List.of(DOWNLOADS, "/v1/downloads")) {
            Socket sender = say("POST " + Api.CONTEXT + path + " HTTP/1.1\r\n",
                    "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n");
            for (byte one : body.getBytes(US_ASCII)) {
                sender.getOutputStream().write(one);
            }
            assertThat(new String(sender.getInputStream().readAllBytes(), US_ASCII)).startsWith("HTTP/1.1 202 ");
        }
    }

    /** 24 MiB: more than what the buffers on the way hold. */
    private String largeZip() {
        String id = admin.submit("4500000302").get("id").textValue();
        assertThat(admin.awaitFinished(id).get("status").textValue()).isEqualTo("success");
        return DOWNLOADS + "/" + id + "/zip";
    }

    private Socket say(String start, String rest) throws IOException {
        URI server = URI.create(Api.ROOT);
        Socket socket = new Socket();
        slow.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        socket.getOutputStream().write((start + "Host: " + server.getAuthority() + "\r\nConnection: close\r\nX-API-Key: " + key + "\r\n"
                + rest)
                .getBytes(US_ASCII));
        return socket;
    }

    /** Until the server, a child of this process, has no file of the store open. */
    private static void awaitNobodyReads() throws IOException {
        assumeThat(Path.of("/proc/self/fd")).as("what tells of open files").exists();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (openContent() > 0) {
            assertThat(System.nanoTime()).as("the deadline for stalled readers to be dropped").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static long openContent() throws IOException {
        String store = ServerUnderTest.data().toRealPath().resolve("store").toString();
        long open = 0;
        for (ProcessHandle server : ProcessHandle.current().descendants().toList()) {
            Path files = Path.of("/proc", String.valueOf(server.pid()), "fd");
            if (Files.isDirectory(files)) {
                try (Stream<Path> list = Files.list(files)) {
                    open += list.filter(file -> target(file).startsWith(store)).count();
                }
            }
        }
        return open;
    }

    /** Empty when it was closed meanwhile. */
    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException gone) {
            return "";
        }
    }
}
