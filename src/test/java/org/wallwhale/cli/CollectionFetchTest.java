package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link FolderFetch} of a collection. */
class CollectionFetchTest {
    private static final String ID = "5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a";
    private static final String ADDRESS = ServerCommand.DOWNLOADS + "/" + ID;
    private static final String CHILDREN = ADDRESS + "/children";
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
        server.on("GET " + ADDRESS, ScriptedServer.json(200, "{\"id\":\"" + ID + "\",\"pubfileId\":\"7\",\"kind\":\"collection\",\"status\":\"success\","
                + "\"contentAvailable\":true}"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The items of the collection. */
    private void has(String... items) {
        server.on("GET " + CHILDREN, ScriptedServer.json(200, "{\"downloads\":[" + Stream.of(items).map(item -> part(item, true))
                .collect(Collectors.joining(",")) + "],\"pagination\":{\"hasMore\":false}}"));
    }

    private static String part(String item, boolean available) {
        return "{\"pubfileId\":\"" + item + "\",\"status\":\"success\",\"contentAvailable\":" + available + "}";
    }

    @Test
    void aCollectionIsTheFoldersOfItsItems() throws Exception {
        has("8", "9");
        server.on("GET " + ADDRESS + "/zip", ServedZips.sending(ServedZips.of(store, "8/a", "9/deep/b"), null));
        assertThat(run("--no-zip").code()).isZero();
        assertThat(files(out)).containsExactlyInAnyOrder("8/a", "9/deep/b");
    }

    @Test
    void aCollectionWhoseFoldersAreThereIsNotFetchedAgain() throws Exception {
        Files.createDirectories(out.resolve("9"));
        server.on("GET " + CHILDREN, exchange -> ScriptedServer.json(200, exchange.getRequestURI().getQuery().contains("after=one")
                ? "{\"downloads\":[" + part("9", true) + "],\"pagination\":{\"hasMore\":false}}"
                : "{\"downloads\":[" + part("8", true) + "],\"pagination\":{\"hasMore\":true,\"nextCursor\":\"one\"}}").handle(exchange));
        CommandRun run = run("--no-zip");
        assertThat(run.code()).isEqualTo(CommandFailure.USAGE);
        assertThat(run.err()).contains("7 was not saved: " + out.resolve("9") + " is there already");
        assertThat(server.asked()).doesNotContain("GET " + ADDRESS + "/zip");
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void whatAKilledCommandLeftGoesWhereThereIsNoPlaceForItAnyLonger() throws Exception {
        has("8", "9");
        Files.createDirectories(out.resolve("8"));
        Path work = Files.createDirectories(out.resolve(".wallwhale/7/unpacked/9")).getParent().getParent();
        Files.writeString(work.resolve("unpacked/9/a"), "a");
        Files.writeString(work.resolve("zip"), "whole");
        Files.writeString(work.resolve("zip.1.part"), "to go on from");
        assertThat(run("--no-zip").code()).isEqualTo(CommandFailure.USAGE);
        assertThat(files(out)).containsExactly(".wallwhale/7/zip.1.part");
    }

    @Test
    void whatACollectionDoesNotBringMayBeThere() throws Exception {
        for (String mine : new String[] {"7", "8", "kept"}) {
            Files.createDirectories(out.resolve(mine));
        }
        server.on("GET " + CHILDREN, ScriptedServer.json(200, "{\"downloads\":[" + part("8", false) + "," + part("9", true) + "," + part("../out/kept", true)
                + "],\"pagination\":{\"hasMore\":false}}"));
        server.on("GET " + ADDRESS + "/zip", ServedZips.sending(ServedZips.of(store, "9/a"), null));
        CommandRun run = run("--no-zip");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(files(out)).containsExactly("9/a");
    }

    @Test
    void aNameThatTheZipAloneTellsIsLookedAtAfterIt() throws Exception {
        has("8", "8");
        Files.createDirectories(out.resolve("8-2"));
        server.on("GET " + ADDRESS + "/zip", ServedZips.sending(ServedZips.of(store, "8/a", "8-2/a"), null));
        CommandRun run = run("--no-zip");
        assertThat(run.code()).isEqualTo(CommandFailure.USAGE);
        assertThat(run.err()).contains(out.resolve("8-2") + " is there already");
        assertThat(server.asked()).contains("GET " + ADDRESS + "/zip");
        assertThat(files(folder)).isEmpty();
        assertThat(out.resolve("8")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {".ssh/authorized_keys", ".bash_profile", "bin/run", "8"})
    void aCollectionBringsNothingButFoldersOfItems(String name) throws Exception {
        has("9");
        server.on("GET " + ADDRESS + "/zip", ServedZips.sending(ServedZips.zip(ZipEntry.STORED, "9/a", name), null));
        CommandRun run = run("--no-zip");
        assertThat(run.code()).isEqualTo(CommandFailure.FAILED);
        assertThat(run.err()).contains("is no folder of an item");
        assertThat(files(folder)).isEmpty();
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
