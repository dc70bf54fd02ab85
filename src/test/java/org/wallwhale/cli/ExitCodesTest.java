package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same mistake has the same exit code, whatever the command. */
class ExitCodesTest {
    private static final String ID = "5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a";
    private static final String REFUSED = "{\"items\":[{\"result\":\"invalid\",\"code\":\"invalid\",\"message\":\"No id.\"}]}";
    @TempDir
    private Path folder;
    private ScriptedServer server;

    @BeforeEach
    void serve() throws IOException {
        server = ScriptedServer.start();
        for (String list : new String[] {"apiKeys api-keys", "steamUsers steam-users", "users users"}) {
            String[] words = list.split(" ");
            server.on("GET /api/v1/admin/" + words[1], ScriptedServer.json(200, "{\"" + words[0] + "\":[],\"pagination\":{\"hasMore\":false}}"));
        }
        server.on("GET /api/v1/downloads", ScriptedServer.json(200, "{\"downloads\":[],\"pagination\":{\"hasMore\":false}}"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"key show", "key usage", "key rotate --yes", "key revoke --yes", "account show", "account test", "account remove --yes",
        "account change --alias x", "user show", "user change --max-concurrent 1", "user remove --yes", "user sessions-end --yes", "remote show",
        "remote get", "remote logs", "remote retry", "remote cancel --yes", "share create", "share create --batch", "share list", "share list --batch",
        "share revoke --yes"})
    void whatIsNotThereIsWrongUseAndNamedWithACure(String command) {
        for (String named : new String[] {"nope", "3000000000", ID}) {
            List<String> words = Arrays.asList(command.split(" "));
            CommandRun run = run(Stream.of(words.subList(0, 2), List.of(named), words.subList(2, words.size())).flatMap(List::stream).toArray(String[]::new));
            assertThat(run.code()).as(run.err()).isEqualTo(CommandFailure.USAGE);
            assertThat(run.err()).contains(named).containsPattern("`wallwhale [a-z]+ [a-z]+").hasLineCount(1);
        }
    }

    @Test
    void aNameThatTwoHaveIsWrongUseAndTheirIdsAreTold() {
        String other = ID.replace('5', '6');
        server.on("GET /api/v1/admin/api-keys", ScriptedServer.json(200, "{\"apiKeys\":[{\"id\":\"" + ID + "\",\"name\":\"nightly\"},{\"id\":\"" + other
                + "\",\"name\":\"Nightly\"}],\"pagination\":{\"hasMore\":false}}"));
        CommandRun run = run("key", "revoke", "nightly", "--yes");
        assertThat(run.code()).isEqualTo(CommandFailure.USAGE);
        assertThat(run.err()).contains("More than one API key is called \"nightly\"", ID, other);
    }

    @ParameterizedTest
    @CsvSource({"400, 2", "404, 2", "401, 5", "403, 5", "409, 1", "410, 1", "412, 1", "422, 1", "429, 1", "500, 1", "502, 4", "503, 4", "504, 4"})
    void theStatusOfAnAnswerDecides(int status, int code) {
        for (String body : new String[] {"{\"message\":\"No.\"}", "<html>"}) {
            for (String path : new String[] {"downloads", "downloads/" + ID, "shares/" + ID}) {
                server.on("GET /api/v1/" + path, ScriptedServer.json(status, body));
            }
            for (String[] command : new String[][] {{"remote", "list", "--status", "foo"}, {"remote", "show", "3000000000"}, {"remote", "show", ID},
                {"share", "change", ID, "--rate", "none"}, {"share", "revoke", ID, "--yes"}}) {
                assertThat(run(command).code()).as(body + " after " + String.join(" ", command)).isEqualTo(code);
            }
        }
    }

    @Test
    void whatIsThereAlreadyIsWrongUse() throws IOException {
        Path file = Files.writeString(folder.resolve("certificate.pem"), "mine");
        server.on("GET /api/v1/downloads/" + ID, ScriptedServer.json(200, "{\"id\":\"" + ID + "\",\"pubfileId\":\"1\",\"status\":\"success\"}"));
        Map<String, String> data = Map.of("wallwhale.data-dir", folder.resolve("data").toString());
        Files.createDirectories(folder.resolve("sandbox-3000000000"));
        for (CommandRun run : List.of(run("remote", "get", ID, "-o", file.toString()), run("audit", "export", "-o", file.toString()),
                CommandRun.of(data, "backup", file.toString()), CommandRun.of(data, "cert", "self-signed", "--name", "a.lan", "--out", folder.toString()),
                CommandRun.of(data, "download", "3000000000", "--account", "sandbox", "--no-zip", "--output", folder.toString()))) {
            assertThat(run.code()).as(run.err()).isEqualTo(CommandFailure.USAGE);
            assertThat(run.err() + run.out()).contains(" is there already: ");
        }
        assertThat(file).hasContent("mine");
    }

    @Test
    void ofSeveralThingsAllMustBeWrong() {
        server.on("POST /api/v1/downloads/batch", ScriptedServer.json(200, REFUSED));
        assertThat(run("remote", "download", "xyz").code()).isEqualTo(CommandFailure.USAGE);
        for (String other : new String[] {"storage_quota", "of_a_later_version"}) {
            server.on("POST /api/v1/downloads/batch", ScriptedServer.json(200, REFUSED.replace("\"code\":\"invalid\"", "\"code\":\"" + other + "\"")));
            assertThat(run("remote", "download", "1").code()).isEqualTo(CommandFailure.FAILED);
        }
        assertThat(CommandFailure.ofAll(List.of())).isZero();
        assertThat(CommandFailure.ofAll(List.of(0, 0))).isZero();
        assertThat(CommandFailure.ofAll(List.of(2, 2))).isEqualTo(2);
        assertThat(CommandFailure.ofAll(List.of(0, 2))).isEqualTo(1);
        assertThat(CommandFailure.ofAll(List.of(1, 2))).isEqualTo(1);
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(Map.of("wallwhale.url", server.url(), "wallwhale.api-key", ScriptedServer.KEY), arguments);
    }
}
