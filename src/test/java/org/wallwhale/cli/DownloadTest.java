package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.engine.DepotDownloader;
import org.wallwhale.engine.EngineConfig;
import org.wallwhale.engine.WebFileServer;
import org.wallwhale.store.ContentScan;
import org.wallwhale.store.ZipView;
import org.wallwhale.workshop.SteamWebServer;

/** With the sandbox program, by its account and in the place of the real tool, and a scripted Steam Web API. */
@DisabledOnOs(OS.WINDOWS)
class DownloadTest {
    @TempDir
    private Path folder;
    private final Commands commands = new Commands();

    @Test
    void aWrongIdFirstDoesNotStopTheOthersAndEachHasAResult() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "# a list\n3000000023 # is not there\n\nnonsense\n3000000000\n3000000000\n");
        assertThat(download(Map.of(), "--account", "sandbox", "--json", "--keep", "@" + list)).isEqualTo(1);
        JsonNode items = commands.json().get("items");
        assertThat(items).extracting(item -> item.get("input").asText() + " " + item.get("status").asText() + " " + item.at("/error/code").asText())
                .containsExactly("3000000023 failed item_not_found", "nonsense failed invalid", "3000000000 success ");
        assertThat(commands.json().get("sandbox").asBoolean()).isTrue();
        assertThat(commands.err()).contains("This is the sandbox", "downloading");
        Path zip = Path.of(items.get(2).get("path").asText());
        assertThat(zip).isEqualTo(folder.resolve("out/sandbox-3000000000.zip"));
        assertThat(Files.readAllBytes(zip)).as("the server's zip").isEqualTo(zip(folder.resolve("out/sandbox-3000000000")));
        assertThat(folder.resolve("out/.wallwhale")).doesNotExist();
    }

    @Test
    void collectionsComeByTheirItemsAndWebFilesByThemselves() throws IOException {
        try (SteamWebServer steam = new SteamWebServer(); WebFileServer web = new WebFileServer()) {
            byte[] scene = "a scene".repeat(1000).getBytes();
            steam.collection("500", "3000000100", "600");
            steam.item("3000000100");
            steam.item("600").put("file_url", web.file("/ugc/scene.json", scene)).put("filename", "scene.json").put("file_size", scene.length);
            Map<String, String> changes = Map.of("wallwhale.workshop.base-url", steam.base(), "wallwhale.engine.web-file-hosts", web.origin(),
                    "wallwhale.engine.depotdownloader-path", tool().toString());
            assertThat(download(changes, "500", "--no-zip")).isZero();
            assertThat(commands.out()).contains("ok       3000000100", "ok       600", "2 of 2 downloaded.");
            assertThat(commands.err()).contains("Collection 500  Item 500: 2 items");
            assertThat(paths(folder.resolve("out/600"))).hasSize(1).allSatisfy(path -> assertThat(folder.resolve("out/600").resolve(path)).hasBinaryContent(scene));
            assertThat(paths(folder.resolve("out/3000000100"))).isNotEmpty().noneMatch(path -> path.startsWith(".DepotDownloader"));
            assertThat(download(changes, "600", "--no-zip")).isEqualTo(2);
            assertThat(commands.out()).contains("out/600 is there already: remove it");
            assertThat(download(changes, "600", "--no-zip", "--skip-existing")).isZero();
            assertThat(commands.out()).contains("present  600");
        }
    }

    @Test
    void theAccountIsTriedOnlyWhereStrangersAreRefused() throws IOException {
        try (SteamWebServer steam = new SteamWebServer()) {
            steam.item("3000000020");
            steam.item("3000000100");
            steam.missing("700", 9);
            Map<String, String> changes = Map.of("wallwhale.workshop.base-url", steam.base(), "wallwhale.steam-password", "sandbox",
                    "wallwhale.engine.depotdownloader-path", tool().toString());
            assertThat(download(changes, "3000000020", "3000000100", "--account", "sandboxer")).isEqualTo(1);
            assertThat(commands.err()).containsOnlyOnce("It is tried with the account sandboxer.");
            assertThat(commands.out()).contains("failed   3000000020", "ok       3000000100");
            assertThat(download(changes, "700")).as("no login is spent on it").isEqualTo(1);
            assertThat(commands.out()).contains("item_not_found: Steam shows the public no item 700.");
        }
    }

    @Test
    void anAccountThatWasRefusedIsNotTriedAgain() throws IOException {
        try (SteamWebServer steam = new SteamWebServer()) {
            steam.missing("700", 9);
            steam.missing("701", 9);
            Map<String, String> changes = Map.of("wallwhale.workshop.base-url", steam.base(), "wallwhale.steam-password", "not it",
                    "wallwhale.engine.depotdownloader-path", tool().toString());
            assertThat(download(changes, "700", "701", "--account", "good", "--verbose")).isEqualTo(1);
            assertThat(commands.out()).contains("failed   700  wrong_password", "failed   701  wrong_password");
            assertThat(commands.err()).containsOnlyOnce("InvalidPassword");
        }
    }

    @Test
    void aCodeThatNobodyCanBeAskedForEndsItsOwnItemAlone() throws IOException {
        assertThat(download(Map.of(), "3000000010", "3000000000", "--account", "sandbox")).isEqualTo(1);
        assertThat(commands.out()).contains("failed   3000000010  guard_code_needed: Steam asked for a Steam Guard code, and there is no terminal",
                "ok       3000000000");
    }

    @Test
    void whatMayPassIsTriedAgainAndGoesOnWhereItStopped() throws IOException {
        assertThat(download(Map.of("wallwhale.worker.backoff-seconds", "0"), "3000000006", "--account", "sandbox")).isZero();
        assertThat(commands.err()).contains("It is tried again in 0 s.");
        assertThat(folder.resolve("out/sandbox-3000000006.zip")).isNotEmptyFile();
    }

    @Test
    void wrongUseIsToldBeforeAnythingIsFetched() throws IOException {
        assertThat(download(Map.of())).isEqualTo(2);
        assertThat(commands.err()).contains("There is nothing to download");
        assertThat(download(Map.of(), "1", "--zip", "--no-zip")).isEqualTo(2);
        assertThat(download(Map.of(), "nonsense", "-1")).as("not one id").isEqualTo(2);
        assertThat(download(Map.of(), "1", "--account", "my nick name")).isEqualTo(2);
        assertThat(commands.err()).contains("--account must be the login name");
        assertThat(download(Map.of(), "1", "--account", "me")).isEqualTo(2);
        assertThat(commands.err()).contains("There is no terminal to ask at for the password of the Steam account me. Set WALLWHALE_STEAM_PASSWORD");
        Path password = Files.writeString(folder.resolve("password"), "its-text\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(download(Map.of(), "1", "--account", "me", "--password-file", password.toString())).isEqualTo(3);
        assertThat(commands.err()).contains("run chmod 600").doesNotContain("its-text");
        assertThat(download(Map.of(), "@" + folder.resolve("absent"))).isEqualTo(2);
        assertThat(download(Map.of("wallwhale.engine.max-downloads", "many"), "1")).isEqualTo(3);
        assertThat(commands.err()).startsWith("WALLWHALE_ENGINE_MAX_DOWNLOADS must be a whole number");
        assertThat(folder.resolve("out/1.zip")).doesNotExist();
    }

    @Test
    void theFolderOfWorkIsTheUsersOwn() throws IOException {
        new OutputFolder(folder.resolve("out"), false);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("out/.wallwhale")))).isEqualTo("rwx------");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(Files.createDirectory(folder.resolve("linked")).resolve(".wallwhale"), elsewhere);
        assertThatThrownBy(() -> new OutputFolder(folder.resolve("linked"), false)).hasMessageContaining("is a link, or another user's");
        try (HeldLock first = HeldLock.take(folder.resolve("lock")).orElseThrow()) {
            assertThat(HeldLock.take(folder.resolve("lock"))).isEmpty();
            assertThat(first).isNotNull();
        }
        assertThat(folder.resolve("lock")).doesNotExist();
    }

    @Test
    void aFileThatIsThereIsReplacedByForceAlone() throws IOException {
        String[] command = {"3000000001", "--account", "sandbox"};
        Path zip = Files.writeString(Files.createDirectories(folder.resolve("out")).resolve("sandbox-3000000001.zip"), "mine");
        assertThat(download(Map.of(), command)).isEqualTo(2);
        assertThat(commands.out()).contains("failed   3000000001  place_taken: " + zip + " is there already: ", "or replace it with --force.");
        assertThat(commands.err()).as("nothing is fetched").doesNotContain("downloading");
        assertThat(zip).hasContent("mine");
        assertThat(folder.resolve("out/.wallwhale")).doesNotExist();
        assertThat(download(Map.of(), "3000000001", "--account", "sandbox", "--force")).isZero();
        byte[] made = Files.readAllBytes(zip);
        FileTime madeAt = Files.getLastModifiedTime(zip);
        assertThat(download(Map.of(), command)).as("made by a run before").isZero();
        assertThat(commands.out()).contains("present  3000000001  " + zip);
        assertThat(Files.getLastModifiedTime(zip)).isEqualTo(madeAt);
        assertThat(folder.resolve("out/.wallwhale")).doesNotExist();
        assertThat(download(Map.of(), "3000000001", "--account", "sandbox", "--keep")).as("the folder is missing").isZero();
        assertThat(folder.resolve("out/sandbox-3000000001")).isNotEmptyDirectory();
        byte[] other = made.clone();
        other[made.length / 2]++;
        for (byte[] wrong : List.of(other, Arrays.copyOf(made, made.length - 1))) {
            Files.write(zip, wrong);
            assertThat(download(Map.of(), command)).isEqualTo(2);
            assertThat(commands.out()).contains("it is not the zip of this version");
            assertThat(zip).hasBinaryContent(wrong);
        }
        assertThat(download(Map.of(), "3000000001", "--account", "sandbox", "--force")).isZero();
        assertThat(zip).hasBinaryContent(made);
        assertThat(download(Map.of(), "1", "--force", "--skip-existing")).isEqualTo(2);
    }

    @Test
    void aCommandThatEndsLeavesTheOthersTheirFolderOfWork() throws Exception {
        OutputFolder one = new OutputFolder(folder.resolve("out"), false);
        OutputFolder other = new OutputFolder(folder.resolve("out"), false);
        other.close();
        try (HeldLock lock = one.lock("1")) {
            assertThat(lock).isNotNull();
            other.close();
            assertThat(Files.createDirectory(one.work("1"))).isDirectory();
            one.clean("1");
        }
        one.close();
        assertThat(folder.resolve("out/.wallwhale")).doesNotExist();
        CompletableFuture.allOf(Stream.of("1", "2").map(id -> CompletableFuture.runAsync(() -> comeAndGo(id), command -> new Thread(command).start()))
                .toArray(CompletableFuture[]::new)).join();
    }

    private void comeAndGo(String id) {
        try {
            for (int i = 0; i < 200; i++) {
                OutputFolder own = new OutputFolder(folder.resolve("out"), false);
                own.lock(id).close();
                own.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int download(Map<String, String> changes, String... arguments) {
        Map<String, String> settings = new HashMap<>(Map.of("wallwhale.data-dir", folder.resolve("data").toString()));
        settings.putAll(changes);
        return commands.run(new Download(Commands.settings(settings)), Stream.concat(Stream.of("--output", folder.resolve("out").toString()),
                Stream.of(arguments)).toArray(String[]::new));
    }

    /** The sandbox's program, as if it were the operator's. */
    private Path tool() throws IOException {
        String command = new DepotDownloader(new EngineConfig(Commands.settings(Map.of("wallwhale.data-dir", folder.resolve("data").toString()))))
                .sandbox().command().stream().map(part -> "'" + part + "'").collect(Collectors.joining(" "));
        Path tool = Files.writeString(folder.resolve("tool"), "#!/bin/sh\nexec " + command + " \"$@\"\n");
        return Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    }

    private static byte[] zip(Path content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ZipView(ContentScan.of(content, paths(content))).writeTo(bytes, content);
        return bytes.toByteArray();
    }

    private static List<String> paths(Path content) throws IOException {
        try (Stream<Path> all = Files.walk(content)) {
            return all.filter(Files::isRegularFile).map(file -> content.relativize(file).toString()).toList();
        }
    }
}
