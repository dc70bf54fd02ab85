package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code remote download --no-zip} against a server that has one item. */
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
        is("7");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void is(String item) {
        server.on("GET " + ADDRESS, ScriptedServer.json(200, "{\"id\":\"" + ID + "\",\"pubfileId\":\"" + item + "\",\"kind\":\"item\",\"status\":\"success\",\"contentAvailable\":true}"));
    }

    @Test
    void anItemIsTheFolderThatDownloadWouldLeave() throws Exception {
        byte[] zip = ServedZips.of(store, "scene.json", "materials/deep/a.tex", "empty");
        server.on("GET " + ADDRESS + "/zip", ServedZips.sending(zip, ServedZips.sha256(zip)));
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
        byte[] zip = ServedZips.of(store, "scene.json");
        server.on("GET " + ADDRESS + "/zip", ServedZips.sending(zip, ServedZips.sha256(zip)));
        assertThat(run("--keep").code()).isZero();
        assertThat(files(out)).containsExactlyInAnyOrder("7/scene.json", "7.zip");
        assertThat(out.resolve("7.zip")).hasBinaryContent(zip);
        assertThat(run("--zip", "--force").code()).isZero();
    }

    @Test
    void aZipAndNoZipAreWrongUseBeforeAnythingIsAskedFor() {
        CommandRun run = run("--zip", "--no-zip");
        assertThat(run.code()).isEqualTo(CommandFailure.USAGE);
        assertThat(run.err()).contains("exclude each other");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void besideAFolderAZipIsReplacedByForceAlone() throws Exception {
        byte[] zip = ServedZips.of(store, "scene.json");
        server.on("GET " + ADDRESS + "/zip", ServedZips.sending(zip, ServedZips.sha256(zip)));
        Files.writeString(Files.createDirectories(out).resolve("7.zip"), "mine");
        CommandRun run = run("--keep");
        assertThat(run.code()).isEqualTo(CommandFailure.USAGE);
        assertThat(run.err()).contains("7 was not saved: " + out.resolve("7.zip") + " is there already");
        assertThat(server.asked()).doesNotContain("GET " + ADDRESS + "/zip");
        assertThat(files(out)).containsExactly("7.zip");
        assertThat(out.resolve("7.zip")).hasContent("mine");
        assertThat(run("--keep", "--force").code()).isZero();
        assertThat(out.resolve("7.zip")).hasBinaryContent(zip);
    }

    @Test
    void whatAKilledCommandHadUnpackedIsNotInTheFolderAndGoes() throws Exception {
        byte[] zip = ServedZips.of(store, "scene.json");
        server.on("GET " + ADDRESS + "/zip", ServedZips.sending(zip, ServedZips.sha256(zip)));
        Files.writeString(Files.createDirectories(work().resolve("unpacked")).resolve("older.json"), "older");
        assertThat(run("--no-zip").code()).isZero();
        assertThat(files(out)).containsExactly("7/scene.json");
        assertThat(out.resolve(".wallwhale")).doesNotExist();
    }

    @Test
    @SuppressWarnings("try") // a lock is held, not used
    void oneCommandAtATimeFetchesAnItemIntoAFolder() throws Exception {
        try (HeldLock other = HeldLock.take(Files.createDirectories(work().getParent()).resolve("7.lock")).orElseThrow()) {
            CommandRun run = run("--no-zip");
            assertThat(run.code()).isEqualTo(CommandFailure.FAILED);
            assertThat(run.err()).contains("Another command downloads it into this folder right now");
        }
        assertThat(server.asked()).doesNotContain("GET " + ADDRESS + "/zip");
    }

    @Test
    void whatTheDiskRefusesIsAFailureWithACure() throws Exception {
        Files.createFile(Files.createDirectories(work().getParent()).resolve("7"));
        CommandRun run = run("--no-zip");
        assertThat(run.code()).isEqualTo(CommandFailure.FAILED);
        assertThat(run.err()).contains("7 was not saved: It could not be put into " + out).contains("--output");
    }

    @Test
    void ofAnItemsIdNothingButItsDigitsIsAName() throws Exception {
        is("../../7");
        byte[] zip = ServedZips.of(store, "scene.json");
        server.on("GET " + ADDRESS + "/zip", ServedZips.sending(zip, ServedZips.sha256(zip)));
        assertThat(run("--no-zip").code()).isZero();
        assertThat(run("--zip").code()).isZero();
        assertThat(files(folder)).containsExactlyInAnyOrder("out/7/scene.json", "out/7.zip");
    }

    @Test
    void withoutAnOutputItIsSavedWhereTheCallerIs() throws Exception {
        byte[] zip = ServedZips.of(store, "scene.json");
        server.on("GET " + ADDRESS + "/zip", ServedZips.sending(zip, ServedZips.sha256(zip)));
        for (String what : new String[] {"--zip", "--no-zip", "--keep"}) {
            ProcessBuilder command = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                    System.getProperty("java.class.path"), "org.wallwhale.cli.Main", "remote", "download", "7", what);
            command.directory(Files.createDirectories(folder.resolve(what)).toFile()).redirectErrorStream(true);
            command.environment().putAll(Map.of("WALLWHALE_URL", server.url(), "WALLWHALE_API_KEY", ScriptedServer.KEY));
            Process process = command.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        }
        assertThat(files(folder)).containsExactlyInAnyOrder("--zip/7.zip", "--no-zip/7/scene.json", "--keep/7/scene.json", "--keep/7.zip");
    }

    @Test
    void whatHasAnotherDigestIsNotUnpacked() throws Exception {
        server.on("GET " + ADDRESS + "/zip", ServedZips.sending(ServedZips.of(store, "scene.json"), ServedZips.sha256(new byte[0])));
        CommandRun run = run("--no-zip");
        assertThat(run.code()).isEqualTo(CommandFailure.FAILED);
        assertThat(run.err()).contains("its SHA-256 differs");
        assertThat(out.resolve("7")).doesNotExist();
        assertThat(files(out)).isEmpty();
    }

    @Test
    void aBombOrADamagedFileIsRefused() throws Exception {
        byte[] compressed = ServedZips.zip(ZipEntry.DEFLATED, "first");
        server.on("GET " + ADDRESS + "/zip", ServedZips.sending(compressed, ServedZips.sha256(compressed)));
        assertThat(run("--no-zip").err()).contains("it is compressed");
        byte[] damaged = ServedZips.of(store, "scene.json");
        damaged[new String(damaged, StandardCharsets.ISO_8859_1).lastIndexOf("scene.json", damaged.length / 2)] ^= 1;
        server.on("GET " + ADDRESS + "/zip", ServedZips.sending(damaged, null));
        assertThat(run("--no-zip").err()).contains("was not saved: The zip is none");
        assertThat(files(folder)).isEmpty();
    }

    /** Where it is until it is there. */
    private Path work() {
        return out.resolve(".wallwhale").resolve("7");
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
