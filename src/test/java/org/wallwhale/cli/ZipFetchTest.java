package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code remote get} against a server whose connections break. */
class ZipFetchTest {
    private static final String ID = "5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a";
    private static final String ADDRESS = ServerCommand.DOWNLOADS + "/" + ID;
    private static final String ZIP = "GET " + ADDRESS + "/zip";
    private static final String TAG = "0123456789abcdef0123456789abcdef";
    @TempDir
    private Path folder;
    private final byte[] content = new byte[300_000];
    private ScriptedServer server;
    private Path target;
    private String tag = TAG;
    private String digest;
    private int breakings;

    @BeforeEach
    void serve() throws IOException, NoSuchAlgorithmException {
        new Random(7).nextBytes(content);
        digest = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        target = folder.resolve("whale.zip");
        server = ScriptedServer.start();
        server.on("GET " + ADDRESS, ScriptedServer.json(200, "{\"id\":\"" + ID + "\",\"pubfileId\":\"3000000000\",\"status\":\"success\"}"));
        server.on(ZIP, this::zip);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** With Range and If-Range, and broken in the middle as often as is to be. */
    private void zip(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        boolean part = range != null && ('"' + tag + '"').equals(exchange.getRequestHeaders().getFirst("If-Range"));
        int from = part ? Integer.parseInt(range.replaceAll("[^0-9]", "")) : 0;
        exchange.getResponseHeaders().set("ETag", '"' + tag + '"');
        exchange.getResponseHeaders().set("Repr-Digest", "sha-256=:" + digest + ":");
        if (part) {
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(part ? 206 : 200, content.length - from);
        int until = breakings-- > 0 ? from + (content.length - from) / 2 : content.length;
        exchange.getResponseBody().write(content, from, until - from);
        exchange.getResponseBody().flush();
    }

    @Test
    void aBrokenConnectionGoesOnWhereItBroke() throws IOException {
        breakings = 1;
        CommandRun run = get();
        assertThat(run.err()).contains("The connection broke after ", ": going on.");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(target).hasBinaryContent(content);
        assertThat(files()).containsExactly("whale.zip");
        assertThat(server.asked()).hasSize(3).last().asString().matches(ZIP + " bytes=[1-9][0-9]*-");
    }

    @Test
    void aLaterCommandGoesOnWithWhatIsThere() throws IOException {
        Files.write(folder.resolve("whale.zip." + TAG + ".part"), Arrays.copyOf(content, 200_000));
        assertThat(get().code()).isZero();
        assertThat(target).hasBinaryContent(content);
        assertThat(server.asked()).last().isEqualTo(ZIP + " bytes=199999-");
        Files.move(target, folder.resolve("whale.zip." + TAG + ".part"));
        assertThat(get().code()).as("all of it was there").isZero();
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void whatIsAnotherFileByNowIsFetchedAnew() throws IOException {
        Files.write(folder.resolve("whale.zip." + TAG + ".part"), new byte[200_000]);
        tag = "f".repeat(32);
        assertThat(get().code()).isZero();
        assertThat(target).hasBinaryContent(content);
        assertThat(files()).containsExactly("whale.zip");
    }

    @Test
    void whatDiffersFromTheServersDigestIsNotKept() throws IOException {
        digest = "A".repeat(43) + "=";
        CommandRun run = get();
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("its SHA-256 differs");
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileThatIsThereStays() throws IOException {
        Files.writeString(target, "mine");
        assertThat(get().code()).isEqualTo(2);
        assertThat(target).hasContent("mine");
        assertThat(get("--force").code()).isZero();
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void twoCommandsDoNotFetchTheSameFile() throws IOException {
        try (PartialFile first = PartialFile.beside(target)) {
            assertThat(first.size()).isZero();
            CommandRun second = get();
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.err()).contains("Another command is fetching " + target);
        }
        assertThat(get().code()).as("as soon as it is done").isZero();
        assertThat(files()).containsExactly("whale.zip");
    }

    @Test
    void aLinkInThePlaceOfAPartIsNotFollowed() throws IOException {
        Path theirs = Files.writeString(folder.resolve("theirs"), "theirs");
        Files.createSymbolicLink(folder.resolve("whale.zip." + TAG + ".part"), theirs);
        assertThat(get().code()).isZero();
        assertThat(theirs).hasContent("theirs");
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void aServerThatNeverGetsToTheEndIsGivenUpAndWhatCameIsKept() throws IOException {
        // the half of the half, and at last nothing more
        breakings = Integer.MAX_VALUE;
        Fetching fetching = new Fetching();
        StringWriter complained = new StringWriter();
        assertThat(Main.line(fetching).setErr(new PrintWriter(complained, true)).execute()).isEqualTo(4);
        assertThat(complained.toString()).contains("The connection broke again and again", "run the same command again, and it goes on.");
        assertThat(files()).containsExactly("whale.zip." + TAG + ".part");
    }

    /** Without the waits of people. */
    @Command(name = "fetching")
    private final class Fetching implements Callable<Integer> {
        @Mixin
        private final Terminal terminal = new Terminal(false, false, false, null);

        @Override
        public Integer call() {
            new ZipFetch(ServerClient.anonymous(server.url()), terminal, Duration.ofMillis(1)).save(ADDRESS + "/zip", target);
            return 0;
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private CommandRun get(String... more) {
        String[] arguments = Stream.concat(Stream.of("remote", "get", ID, "--output", target.toString()), Stream.of(more)).toArray(String[]::new);
        return CommandRun.of(Map.of("wallwhale.url", server.url(), "wallwhale.api-key", ScriptedServer.KEY), arguments);
    }
}
