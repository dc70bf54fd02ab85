package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.store.ContentScan;
import org.wallwhale.store.ZipView;

/** {@code remote download --no-zip} against a server that has one item or collection. */
class FolderFetchTest {
    private static final String ID = "5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a";
    private static final String ADDRESS = ServerCommand.DOWNLOADS + "/" + ID;
    @TempDir
    private Path folder;
    @TempDir
    private Path store;
    private Path out;
    private ScriptedServer server;

    @BeforeEach
    void serve() throws IOException {
        out = folder.resolve("out");
        server = ScriptedServer.start();
        server.on("POST " + ServerCommand.DOWNLOADS + "/batch", ScriptedServer.json(200, "{\"id\":\"b\",\"items\":[{\"result\":\"accepted\",\"downloadId\":\"" + ID
                + "\",\"pubfileId\":\"7\"}]}"));
        is("item");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void is(String kind) {
        server.on("GET " + ADDRESS, ScriptedServer.json(200, "{\"id\":\"" + ID + "\",\"pubfileId\":\"7\",\"kind\":\"" + kind
                + "\",\"status\":\"success\",\"contentAvailable\":true}"));
    }

    @Test
    void anItemIsTheFolderThatDownloadWouldLeave() throws Exception {
        byte[] zip = ofServer("scene.json", "materials/deep/a.tex", "empty");
        server.on("GET " + ADDRESS + "/zip", sending(zip, sha256(zip)));
        CommandRun run = run("--no-zip");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains(out.resolve("7").toString());
        assertThat(files(out)).containsExactlyInAnyOrder("7/scene.json", "7/materials/deep/a.tex", "7/empty");
        assertThat(out.resolve("7/materials/deep/a.tex")).hasContent("materials/deep/a.tex");
        assertThat(out.resolve("7/scene.json").toFile()).canWrite();

        Files.writeString(out.resolve("7/scene.json"), "mine");
        CommandRun again = run("--no-zip", "--force");
        assertThat(again.code()).isEqualTo(CommandFailure.USAGE);
        assertThat(again.err()).contains("7 was not saved: " + out.resolve("7") + " is there already");
        assertThat(out.resolve("7/scene.json")).hasContent("mine");
    }

    @Test
    void theZipStaysBesideItWhereBothAreWanted() throws Exception {
        byte[] zip = ofServer("scene.json");
        server.on("GET " + ADDRESS + "/zip", sending(zip, sha256(zip)));
        assertThat(run("--keep").code()).isZero();
        assertThat(files(out)).containsExactlyInAnyOrder("7/scene.json", "7.zip");
        assertThat(out.resolve("7.zip")).hasBinaryContent(zip);
        assertThat(run("--zip", "--no-zip").code()).isEqualTo(CommandFailure.USAGE);
        assertThat(run("--zip", "--force").code()).isZero();
    }

    @Test
    void aCollectionIsTheFoldersOfItsItems() throws Exception {
        is("collection");
        server.on("GET " + ADDRESS + "/zip", sending(ofServer("8/a", "9/deep/b"), null));
        assertThat(run("--no-zip").code()).isZero();
        assertThat(files(out)).containsExactlyInAnyOrder("8/a", "9/deep/b");
        assertThat(run("--no-zip").code()).as("none is replaced").isEqualTo(CommandFailure.USAGE);
    }

    @Test
    void whatHasAnotherDigestIsNotUnpacked() throws Exception {
        server.on("GET " + ADDRESS + "/zip", sending(ofServer("scene.json"), sha256(new byte[0])));
        CommandRun run = run("--no-zip");
        assertThat(run.code()).isEqualTo(CommandFailure.FAILED);
        assertThat(run.err()).contains("its SHA-256 differs");
        assertThat(out.resolve("7")).doesNotExist();
        assertThat(files(out)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../7.txt", "a/../../7.txt", "/tmp/7.txt", "a\\..\\..\\7.txt", "./7.txt", "a//7.txt", ".."})
    void aNameThatLeadsOutOfItsFolderRefusesTheWholeZip(String name) throws Exception {
        byte[] zip = zip(ZipEntry.STORED, "first", name);
        server.on("GET " + ADDRESS + "/zip", sending(zip, sha256(zip)));
        CommandRun run = run("--no-zip");
        assertThat(run.code()).as(run.err()).isEqualTo(CommandFailure.FAILED);
        assertThat(run.err()).contains("7 was not saved: The zip is none that a WallWhale Server sends");
        assertThat(files(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".ssh/authorized_keys", ".bash_profile", "bin/run", "8"})
    void aCollectionBringsNothingButFoldersOfItems(String name) throws Exception {
        is("collection");
        server.on("GET " + ADDRESS + "/zip", sending(zip(ZipEntry.STORED, "9/a", name), null));
        CommandRun run = run("--no-zip");
        assertThat(run.code()).isEqualTo(CommandFailure.FAILED);
        assertThat(run.err()).contains("is no folder of an item");
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void aZipThatTellsLessThanItHoldsIsRefused() throws Exception {
        byte[] zip = zip(ZipEntry.STORED, "first");
        int entry = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        Arrays.fill(zip, entry + 24, entry + 28, (byte) 0); // its length
        server.on("GET " + ADDRESS + "/zip", sending(zip, sha256(zip)));
        assertThat(run("--no-zip").err()).contains("holds more than it has");
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void aBombOrADamagedFileIsRefused() throws Exception {
        byte[] compressed = zip(ZipEntry.DEFLATED, "first");
        server.on("GET " + ADDRESS + "/zip", sending(compressed, sha256(compressed)));
        assertThat(run("--no-zip").err()).contains("it is compressed");
        byte[] damaged = ofServer("scene.json");
        damaged[new String(damaged, StandardCharsets.ISO_8859_1).lastIndexOf("scene.json", damaged.length / 2)] ^= 1;
        server.on("GET " + ADDRESS + "/zip", sending(damaged, null));
        assertThat(run("--no-zip").err()).contains("was not saved: The zip is none");
        assertThat(files(folder)).isEmpty();
    }

    /** As the store has it: each file's content is its name. */
    private byte[] ofServer(String... names) throws IOException {
        Path content = Files.createTempDirectory(store, "content-");
        for (String name : names) {
            Files.createDirectories(content.resolve(name).getParent());
            Files.writeString(content.resolve(name), name.equals("empty") ? "" : name);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ZipView(ContentScan.of(content, List.of(names))).writeTo(bytes, content);
        return bytes.toByteArray();
    }

    private static byte[] zip(int method, String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                byte[] content = name.getBytes(StandardCharsets.UTF_8);
                CRC32 sum = new CRC32();
                sum.update(content);
                ZipEntry entry = new ZipEntry(name);
                entry.setMethod(method);
                entry.setSize(content.length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
            }
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static HttpHandler sending(byte[] zip, String digest) {
        return exchange -> {
            if (digest != null) {
                exchange.getResponseHeaders().set("Repr-Digest", "sha-256=:" + digest + ":");
            }
            ScriptedServer.send(exchange, 200, zip, "ETag", "\"tag\"");
        };
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).toList();
        }
    }

    private CommandRun run(String... more) {
        return CommandRun.of(Map.of("wallwhale.url", server.url(), "wallwhale.api-key", ScriptedServer.KEY), Stream.concat(
                Stream.of("remote", "download", "7", "--output", out.toString()), Stream.of(more)).toArray(String[]::new));
    }
}
