package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Saves what the other commands show to a server. */
@Command(name = "login", mixinStandardHelpOptions = true, description = {"Logs in at a server, for all commands that ask one.", "",
    "The session is kept in wallwhale/login.json in your configuration folder, for you alone, and renews itself; it ends after 14 days "
        + "without use. With --scope an administrator makes an API key for this machine in its place, which can do no more than it says. "
        + "With --key you enter a key that somebody gave to you."},
        footer = {"", "Examples:", "  wallwhale login --url https://wallwhale.example",
            "  wallwhale login --email ann@example.org --password-file secret",
            "  wallwhale login --scope download:read,download:write"})
final class Login implements Callable<Integer> {
    private static final String CURE = "Run this at a terminal, or set WALLWHALE_API_KEY in place of a login.";
    private static final int TRIES = 3;
    @Mixin
    private Terminal terminal;
    @Mixin
    private PasswordSource password;
    @Option(names = "--url", paramLabel = "URL", description = "The server. Without it WALLWHALE_URL, else this machine's.")
    private String url;
    @Option(names = "--email", paramLabel = "ADDRESS", description = "Who you are there; asked for without it.")
    private String email;
    @Option(names = "--scope", paramLabel = "SCOPE", split = ",", description = "Make an API key with these scopes for this machine, and "
            + "keep that. For administrators.")
    private List<String> scopes = new ArrayList<>();
    @Option(names = "--key", description = "Ask for an API key, and keep that.")
    private boolean byKey;
    private Settings settings;

    @Override
    public Integer call() {
        if (byKey && !scopes.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, "Say --scope to make a key, or --key to enter one, but not both.");
        }
        settings = LocalSettings.read();
        ServerClient server = (url == null ? ServerClient.of(settings) : ServerClient.at(url, settings)).saying(terminal::note);
        LoginFile file = LoginFile.of(settings);
        Optional<SavedLogin> before = before(file);
        server.warnOfPlainText();
        // a folder that cannot be written to is told before a session, or a key, is there for nothing
        file.locked(() -> null);
        SavedLogin login = byKey ? enterKey(server) : logIn(server);
        try {
            file.locked(() -> {
                file.write(login);
                return null;
            });
        } catch (CommandFailure e) {
            Logout.end(login, settings);
            throw e;
        }
        before.ifPresent(old -> Logout.end(old, settings));
        terminal.say("You are logged in at " + login.url() + " as " + login.email() + ", by " + (login.isSession() ? "a session"
                : "an API key") + " in " + file.path() + ".");
        if (settings.text("wallwhale.api-key").isPresent()) {
            terminal.note("But WALLWHALE_API_KEY is set, and counts more: unset it, or the other commands use that key.");
        }
        terminal.value(Map.of("url", login.url(), "email", login.email(), "kind", login.isSession() ? "session" : "key",
                "file", file.path().toString()));
        return 0;
    }

    /** A file that is of no use is no reason not to log in: it is replaced. */
    private static Optional<SavedLogin> before(LoginFile file) {
        try {
            return file.read();
        } catch (CommandFailure e) {
            return Optional.empty();
        }
    }

    private SavedLogin enterKey(ServerClient server) {
        Secret key = ServerCommand.demandKey(password.read(terminal, "API key"), "What you entered is");
        return SavedLogin.ofKey(server.url(), me(server.withKey(key)).at("/user/email").asText(), key.reveal(), null);
    }

    private SavedLogin logIn(ServerClient server) {
        if (email == null) {
            email = terminal.ask("E-mail address at " + server.url(), CURE);
        }
        if (email.isBlank()) {
            throw new CommandFailure(CommandFailure.USAGE, "Nothing was entered: type your e-mail address, or name it with --email.");
        }
        Secret given = password.read(terminal, "Password");
        SavedLogin session = session(server, given);
        if (me(as(server, session)).path("mustChangePassword").asBoolean()) {
            session = changePassword(server, session, given);
        }
        return scopes.isEmpty() ? session : exchanged(server, session);
    }

    private SavedLogin session(ServerClient server, Secret secret) {
        JsonNode answer = server.post("/api/v1/auth/login", Map.of("email", email, "password", secret.reveal()));
        return SavedLogin.ofSession(server.url(), answer.at("/user/email").asText(), answer, Instant.now());
    }

    /** A password that somebody else chose is good for nothing else, and a change of it ends the session. */
    private SavedLogin changePassword(ServerClient server, SavedLogin session, Secret old) {
        terminal.note("Your password was chosen by somebody else: choose one of your own now.");
        Secret chosen = null;
        for (int left = TRIES - 1; chosen == null; left--) {
            try {
                chosen = accepted(server, session, old);
            } catch (CommandFailure e) {
                if (e.exitCode() != CommandFailure.USAGE || left == 0) {
                    throw e;
                }
                terminal.note(e.getMessage() + " Try again.");
            }
        }
        return session(server, chosen);
    }

    private Secret accepted(ServerClient server, SavedLogin session, Secret old) {
        Secret chosen = terminal.askSecret("New password (12 characters or more)", CURE);
        if (!terminal.askSecret("New password, once more", CURE).equals(chosen)) {
            throw new CommandFailure(CommandFailure.USAGE, "The two are not the same: nothing was changed.");
        }
        as(server, session).put("/api/v1/me/password", Map.of("oldPassword", old.reveal(), "newPassword", chosen.reveal()));
        return chosen;
    }

    /** A key in place of the session, which ends. */
    private SavedLogin exchanged(ServerClient server, SavedLogin session) {
        try {
            JsonNode made = as(server, session).post("/api/v1/admin/api-keys", Map.of("name", "wallwhale on " + host(), "scopes", scopes),
                    "Idempotency-Key", UUID.randomUUID().toString());
            return SavedLogin.ofKey(server.url(), session.email(), made.path("key").asText(), made.at("/apiKey/id").asText());
        } catch (RefusedException e) {
            throw e.status() != 403 ? e : new CommandFailure(CommandFailure.NOT_ALLOWED, "Only administrators make keys: log in without "
                    + "--scope, or ask one for a key and enter it with --key.");
        } finally {
            Logout.end(session, settings);
        }
    }

    private static ServerClient as(ServerClient server, SavedLogin session) {
        return server.withToken(Secret.of(session.accessToken()));
    }

    private static JsonNode me(ServerClient caller) {
        JsonNode me = caller.get("/api/v1/me");
        if (me == null || !me.at("/user/email").isTextual()) {
            throw new CommandFailure(CommandFailure.NOT_REACHABLE, "What answers at " + caller.url() + " is no WallWhale Server, or an older "
                    + "one than this program: name the server's address with --url.");
        }
        return me;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a machine without a name";
        }
    }
}
