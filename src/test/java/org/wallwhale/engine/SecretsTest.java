package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.wallwhale.secret.Secret;

/** A password reaches the tool's standard input and nothing else. */
class SecretsTest extends EngineTest {
    private static final String PASSWORD = "pw-good";

    private final List<String> exposed = Collections.synchronizedList(new ArrayList<>());

    @Test
    @EnabledOnOs(OS.LINUX)
    void noProcessShowsThePassword() throws Exception {
        witness.stop = () -> {
            ProcessHandle.current().descendants().forEach(this::look);
            return Optional.empty();
        };
        assertThat(engine.fetch(fetch("3000000000"), witness)).isInstanceOf(Outcome.Fetched.class);
        assertThat(exposed).anyMatch(text -> text.contains("-pubfile")).anyMatch(text -> text.contains("DOTNET_gcServer=0"));
        assertThat(exposed).noneMatch(text -> text.contains(PASSWORD));
    }

    @Test
    void noLineAndNoFileHoldsThePassword() throws Exception {
        assertThat(engine.fetch(fetch("3000000000"), witness)).isInstanceOf(Outcome.Fetched.class);
        assertThat(witness.lines).contains("Got 128 licenses for account!").noneMatch(line -> line.contains(PASSWORD));
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).noneMatch(SecretsTest::holdsThePassword);
        }
    }

    @Test
    void aSavedSessionNeedsNoPassword() throws Exception {
        engine.fetch(fetch("3000000000"), witness);
        witness.lines.clear();
        assertThat(engine.fetch(fetch("3000000000"), witness)).isInstanceOf(Outcome.Fetched.class);
        assertThat(witness.lines).noneMatch(line -> line.contains("Enter account password"));
        assertThat(journal()).containsOnlyOnce("\"event\":\"stdin\"");
    }

    @Test
    void promptsInFileNamesAreNotAnswered() throws Exception {
        witness.answer = prompt -> Optional.of("AAAAA");
        engine.fetch(fetch("3000000043"), witness);
        assertThat(witness.lines).anyMatch(line -> line.startsWith("STEAM GUARD!"));
        assertThat(witness.prompts).isEmpty();
        assertThat(journal()).containsOnlyOnce("\"event\":\"stdin\"");
    }

    @Test
    void theToolSeesNothingOfTheServer() throws Exception {
        Path home = folder.resolve("home");
        Files.createDirectory(home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        engine.fetch(fetch("3000000000"), witness);
        // PWD, SHLVL and perhaps OLDPWD are the guarding shell's.
        assertThat(journal()).containsPattern("\"env\":\\[\"DOTNET_EnableDiagnostics\",\"DOTNET_gcServer\",\"HOME\",\"LC_ALL\","
                + "(\"OLDPWD\",)?\"PATH\",\"PWD\",\"SHLVL\"(,\"_\")?\\]");
        assertThat(journal()).contains("\"stdin\":\"pipe\"").contains("\"umask\":\"66\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home))).isEqualTo("rwx------");
    }

    private void look(ProcessHandle process) {
        for (String part : List.of("cmdline", "environ")) {
            try {
                exposed.add(Files.readString(Path.of("/proc", Long.toString(process.pid()), part), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // It ended in between.
            }
        }
    }

    private static boolean holdsThePassword(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String journal() throws IOException {
        return Files.readString(folder.resolve("home/sandbox-journal.jsonl"));
    }

    private Fetch fetch(String item) throws IOException {
        return new Fetch(engine.sandbox(), 431960, item, Optional.of(new Login("good", Secret.of(PASSWORD))),
                folder.resolve("home"), folder.resolve("target"), false, Duration.ofSeconds(60));
    }
}
