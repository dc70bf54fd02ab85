package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;
import org.wallwhale.access.SecondUser;

/** The commands that ask a server, one after the other as people use them, against a real one. */
class CommandsIT extends HttpTest {
    private static final String SANDBOX = "sandbox";
    @TempDir
    private Path folder;
    private final Map<String, String> settings = new HashMap<>();

    @Test
    void anAdministratorsDay() throws IOException {
        settings.put("xdg.config.home", folder.resolve("config").toString());
        logsIn(System.getenv("WALLWHALE_ADMIN_EMAIL"), System.getenv("WALLWHALE_ADMIN_PASSWORD"));
        downloads();
        shares();
        cancels();
        keys();
        users();
        accounts();
        audits();
        logsOut();
    }

    @Test
    void aUserDoesWhatUsersMay() throws IOException {
        settings.put("xdg.config.home", folder.resolve("config").toString());
        logsIn(SecondUser.EMAIL, SecondUser.PASSWORD);
        assertThat(json("remote", "list").isArray()).isTrue();
        refused(5, "admin:read", "key", "list");
        settings.put("wallwhale.password", SecondUser.PASSWORD);
        refused(5, "Only administrators make keys", "login", "--url", Api.ROOT, "--email", SecondUser.EMAIL, "--scope", "download:read");
        settings.remove("wallwhale.password");
        assertThat(json("remote", "list").isArray()).as("the login before goes on").isTrue();
        logsOut();
    }

    @Test
    void whoLogsOutTakesTheKeyBackThatLoginMade() throws IOException {
        settings.put("xdg.config.home", folder.resolve("config").toString());
        settings.put("wallwhale.password", System.getenv("WALLWHALE_ADMIN_PASSWORD"));
        assertThat(done("login", "--url", Api.ROOT, "--email", System.getenv("WALLWHALE_ADMIN_EMAIL"), "--scope", "download:read")).contains("by an API key");
        settings.remove("wallwhale.password");
        Api key = Api.withKey(new ObjectMapper().readTree(folder.resolve("config/wallwhale/login.json").toFile()).get("apiKey").textValue());
        assertThat(key.get(Api.DOWNLOADS).status()).isEqualTo(200);
        assertThat(json("logout").get("revoked").booleanValue()).isTrue();
        assertThat(key.awaitAnswer(Api.DOWNLOADS, answer -> answer.status() != 200).status()).isEqualTo(401);
    }

    private void logsIn(String email, String password) {
        settings.put("wallwhale.password", "not " + password);
        refused(5, "(401)", "login", "--url", Api.ROOT, "--email", email);
        settings.put("wallwhale.password", password);
        assertThat(done("login", "--url", Api.ROOT, "--email", email)).startsWith("You are logged in at " + Api.ROOT + " as " + email
                + ", by a session in " + folder);
        settings.remove("wallwhale.password");
    }

    private void downloads() throws IOException {
        CommandRun mixed = run("remote", "download", "nonsense", "3000000100", "--account", SANDBOX, "--output", folder.toString());
        assertThat(mixed.code()).isEqualTo(1);
        assertThat(mixed.err()).contains("nonsense was refused: ", "3000000100  ");
        assertThat(mixed.out()).contains("  success  ");
        Path zip = folder.resolve("3000000100.zip");
        assertThat(zip).isNotEmptyFile();
        String id = json("remote", "show", "3000000100").path("id").textValue();
        assertThat(json("remote", "list", "--item", "3000000100").path(0).path("id").textValue()).isEqualTo(id);
        assertThat(done("remote", "list", "--status", "success")).contains(id);
        refused(2, "already", "remote", "get", id, "--output", zip.toString());
        assertThat(json("remote", "get", id, "--output", folder.resolve("again.zip").toString()).path("bytes").longValue()).isEqualTo(Files.size(zip));
        assertThat(folder.resolve("again.zip")).hasSameBinaryContentAs(zip);
        assertThat(done("remote", "logs", "-f", id)).contains("Archive created");
        refused(2, "There is no download", "remote", "show", "5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a");
        refused(2, "no id of a download", "remote", "show", "../users");
        CommandRun failed = run("remote", "download", "3000000123", "--account", SANDBOX, "--wait", "--json");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(new ObjectMapper().readTree(failed.out()).path(0).path("error").path("code").isTextual()).isTrue();
    }

    private void shares() {
        Path files = folder.resolve("files");
        JsonNode download = json("remote", "download", "3000000100", "--account", SANDBOX, "--no-zip", "--output", files.toString()).path(0);
        assertThat(files.resolve("3000000100")).isNotEmptyDirectory();
        assertThat(files.resolve("3000000100.zip")).doesNotExist();
        String batch = download.path("batchId").textValue();
        assertThat(json("remote", "batches", "--limit", "1").at("/0/id").textValue()).isEqualTo(batch);
        String url = json("share", "create", batch, "--batch", "--expire", "2h").path("url").textValue();
        assertThat(done("share", "list", batch, "--batch")).contains(url);
        assertThat(json("share", "change", url, "--max-downloads", "2", "--expire", "1d").path("maxDownloads").intValue()).isEqualTo(2);
        assertThat(json("share", "change", url, "--max-downloads", "none").path("maxDownloads").isNull()).isTrue();
        assertThat(done("share", "revoke", batch, "--batch", "--yes")).contains("is revoked");
        refused(2, "There is no link", "share", "change", url, "--expire", "1d");
        refused(2, "There is no batch", "share", "create", download.path("id").textValue(), "--batch");
    }

    private void cancels() {
        Path list = folder.resolve("items.txt");
        write(list, "# slow\n3000000103   # the only one\n\n");
        String id = json("remote", "download", "@" + list, "--account", SANDBOX, "--start-at", "2099-01-01T00:00:00Z").path(0)
                .path("downloadId").textValue();
        refused(2, "say --yes", "remote", "cancel", id);
        assertThat(done("remote", "cancel", id, "--yes")).contains("canceled");
        assertThat(done("remote", "retry", id)).containsAnyOf("  queued", "  running");
        // a child process that has begun takes a moment to end
        assertThat(done("remote", "cancel", id, "-y")).containsAnyOf("  canceled", "  canceling");
    }

    private void keys() {
        CommandRun made = run("key", "create", "A day's key", "--scope", "download:read", "--rate-limit", "100");
        assertThat(made.code()).as(made.err()).isZero();
        String text = made.out().strip();
        assertThat(text).matches("ww_live_\\w{36}");
        assertThat(made.err()).contains("cannot be shown again").doesNotContain(text);
        assertThat(json("key", "show", "a day's key").path("rateLimit").intValue()).isEqualTo(100);
        assertThat(done("key", "list")).contains("A day's key");
        String rotated = json("key", "rotate", "A day's key", "--grace-seconds", "0", "--yes").path("key").textValue();
        refusedTo(text, 5, "remote", "list");
        assertThat(asKey(rotated, "remote", "list").code()).isZero();
        refusedTo(rotated, 5, "key", "list");
        assertThat(json("key", "usage", "A day's key").path("usage").isArray()).isTrue();
        refused(2, "scope", "key", "create", "Another", "--scope", "nonsense");
        assertThat(done("key", "revoke", "A day's key", "--yes")).contains("is revoked");
        refusedTo(rotated, 5, "remote", "list");
        assertThat(json("key", "show", "A day's key").path("isActive").booleanValue()).as("it is found by its name still").isFalse();
        refused(2, "There is no API key", "key", "show", "Another day's key");
    }

    private void users() {
        assertThat(json("user", "create", "day@example.org", "--max-concurrent", "2").path("generatedPassword").textValue()).isNotBlank();
        refused(1, "(409)", "user", "create", "day@example.org");
        assertThat(json("user", "change", "day@example.org", "--max-concurrent", "default").path("maxConcurrent").isNull()).isTrue();
        refused(2, "no limit", "user", "change", "day@example.org", "--rate-limit", "many");
        assertThat(done("user", "list", "--query", "day@")).contains("day@example.org");
        assertThat(done("user", "show", "DAY@example.org")).contains("email", "day@example.org");
        assertThat(done("user", "sessions-end", "day@example.org", "--yes")).contains("have ended");
        refused(2, "say --yes", "user", "remove", "day@example.org");
        assertThat(done("user", "remove", "day@example.org", "--yes")).contains("is removed");
        refused(2, "There is no user", "user", "show", "day@example.org");
    }

    private void accounts() {
        Path password = folder.resolve("password");
        write(password, "the account's password\n");
        refused(3, "chmod 600", "account", "add", "day", "--login-name", "day_login", "--password-file", password.toString());
        assertThat(password.toFile().setReadable(false, false) && password.toFile().setReadable(true, true)).isTrue();
        assertThat(json("account", "add", "day", "--login-name", "day_login", "--password-file", password.toString()).path("alias").textValue())
                .isEqualTo("day");
        refused(2, "terminal", "account", "change", "day", "--password");
        assertThat(json("account", "change", "day", "--display-name", "Of the day").path("displayName").textValue()).isEqualTo("Of the day");
        assertThat(done("account", "list")).contains("day_login").doesNotContain("the account's password");
        assertThat(done("account", "show", "day")).contains("Of the day");
        refused(1, "(409)", "account", "test", "day");
        assertThat(json("secret", "rotate", "--yes").path("resealed").intValue()).isPositive();
        assertThat(done("account", "remove", "day", "-y")).contains("is removed");
    }

    private void audits() throws IOException {
        assertThat(done("audit", "verify")).startsWith("The audit log is intact.");
        Path export = folder.resolve("audit.ndjson");
        assertThat(json("audit", "export", "--output", export.toString()).path("bytes").longValue()).isEqualTo(Files.size(export));
        assertThat(export).content().contains("\"key.create\"");
        assertThat(done("audit", "export", "--format", "csv", "--action", "key.*", "-o", export.toString(), "--force")).contains("audit.ndjson");
        assertThat(export).content().startsWith("id,writtenAt,");
        refused(2, "--force", "audit", "export", "-o", export.toString());
        refused(2, "takes ndjson and csv", "audit", "export", "--format", "xml", "-o", folder.resolve("x").toString());
    }

    private void logsOut() {
        assertThat(done("logout")).contains("You are logged out of");
        refused(3, "You are not logged in", "remote", "list");
        refused(1, "You are not logged in", "logout");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What it says when all is well. */
    private String done(String... arguments) {
        CommandRun run = run(arguments);
        assertThat(run.code()).as(String.join(" ", arguments) + ": " + run.err()).isZero();
        return run.out();
    }

    private JsonNode json(String... arguments) {
        try {
            return new ObjectMapper().readTree(done(Stream.concat(List.of(arguments).stream(), Stream.of("--json"))
                    .toArray(String[]::new)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void refused(int code, String sentence, String... arguments) {
        CommandRun run = run(arguments);
        assertThat(run.err()).as(String.join(" ", arguments)).contains(sentence);
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
    }

    private void refusedTo(String key, int code, String... arguments) {
        assertThat(asKey(key, arguments)).satisfies(run -> assertThat(run.code()).as(run.err()).isEqualTo(code));
    }

    private CommandRun asKey(String key, String... arguments) {
        return CommandRun.of(Map.of("wallwhale.url", Api.ROOT, "wallwhale.api-key", key), arguments);
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(settings, arguments);
    }
}
