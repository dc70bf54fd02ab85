package org.wallwhale.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;
import org.wallwhale.ServerUnderTest;

/** 24 MiB and more, which are longer on their way than what the network holds at once. */
class LargeZipIT extends HttpTest {
    private static final String ITEM = "4600000002";
    private static Api user;
    private static String key;
    private static String path;
    private static byte[] whole;

    @BeforeAll
    static void fetchOne() {
        user = Api.administrator();
        key = user.createKey("live", "download:*");
        path = fetched(ITEM);
        whole = user.get(path).bytes();
    }

    @ParameterizedTest
    @EnumSource
    void everyVersionOfHttpCarriesTheSameBytes(HttpClient.Version version) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(Api.ROOT + path)).header("X-API-Key", key);
        for (int i = 0; i < 3; i++) {
            HttpResponse<byte[]> answer = client.send(request.copy().build(), BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Arrays.mismatch(answer.body(), whole)).isEqualTo(-1);
            HttpResponse<byte[]> part = client.send(request.copy().header("Range", "bytes=1000003-").build(), BodyHandlers.ofByteArray());
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(Arrays.mismatch(part.body(), Arrays.copyOfRange(whole, 1_000_003, whole.length))).isEqualTo(-1);
        }
    }

    @Test
    void aReaderThatTakesLittleAtATimeGetsEveryByte() throws IOException {
        try (Socket reader = asked(path, "close")) {
            InputStream in = reader.getInputStream();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            byte[] little = new byte[2000];
            for (int count = in.read(little); count >= 0; count = in.read(little)) {
                answer.write(little, 0, count);
            }
            byte[] body = Arrays.copyOfRange(answer.toByteArray(), answer.size() - whole.length, answer.size());
            assertThat(Arrays.mismatch(body, whole)).isEqualTo(-1);
        }
    }

    @Test
    void aConnectionCarriesOneAnswerAfterTheOther() throws IOException {
        try (Socket reader = asked(path, "keep-alive")) {
            ask(reader, path, "close");
            String both = new String(reader.getInputStream().readAllBytes(), ISO_8859_1);
            String zip = new String(whole, ISO_8859_1);
            int second = both.lastIndexOf("HTTP/1.1 200 ");
            assertThat(both).startsWith("HTTP/1.1 200 ").endsWith(zip);
            assertThat(both.substring(0, second)).endsWith(zip);
        }
    }

    @Test
    void aFileThatIsCutShortOnTheWayEndsTheAnswer() throws IOException {
        String other = "4600000102";
        String zip = fetched(other);
        try (Socket reader = asked(zip, "keep-alive")) {
            InputStream in = reader.getInputStream();
            assertThat(in.readNBytes(1000)).hasSize(1000);
            Path file = largest(other);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
                open.truncate(10_000_000);
            }
            assertThat(in.readAllBytes()).hasSizeBetween(1, 23 << 20);
        }
        assertThat(user.get("/health").status()).isEqualTo(200);
    }

    private static String fetched(String item) {
        String id = user.submit(item).get("id").textValue();
        assertThat(user.awaitFinished(id).get("status").textValue()).isEqualTo("success");
        return DOWNLOADS + "/" + id + "/zip";
    }

    private static Path largest(String item) throws IOException {
        try (Stream<Path> files = Files.walk(ServerUnderTest.data().resolve("store"))) {
            return files.filter(file -> file.toString().contains(item) && file.toFile().length() > 16 << 20).findFirst().orElseThrow();
        }
    }

    private static Socket asked(String path, String connection) throws IOException {
        URI server = URI.create(Api.ROOT);
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        ask(socket, path, connection);
        return socket;
    }

    private static void ask(Socket socket, String path, String connection) throws IOException {
        socket.getOutputStream().write(("GET " + Api.CONTEXT + path + " HTTP/1.1\r\nHost: " + URI.create(Api.ROOT).getAuthority()
                + "\r\nConnection: " + connection + "\r\nX-API-Key: " + key + "\r\n\r\n").getBytes(US_ASCII));
    }
}
