package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.wallwhale.access.AdministratorService;
import org.wallwhale.certificate.CertificateFiles;
import org.wallwhale.certificate.Pem;
import org.wallwhale.certificate.TlsConfig;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Waits for the server that {@code serve} started and, on a first start, shows a first download through the public API. */
@Command(name = "welcome", description = "Waits until the server answers; on a first start runs one sandbox download.",
        hidden = true, mixinStandardHelpOptions = true)
final class Welcome implements Callable<Integer> {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration DOWNLOADED_WITHIN = Duration.ofMinutes(2);
    private static final String FIRST_ITEM = "3000000000";
    @Spec
    private CommandSpec command;
    @Option(names = "--server-pid", required = true, description = "The process to give up with.")
    private long serverPid;
    @Option(names = "--server-log", required = true, description = "What it writes to: its log comes last.")
    private List<Path> serverLogs;
    @Option(names = "--first-start", description = "Show a first download.")
    private boolean firstStart;
    private final Settings settings;
    private final boolean terminal = System.console() != null;
    private PrintWriter out;

    Welcome() {
        this(LocalSettings.read());
    }

    Welcome(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        out = command.commandLine().getOut();
        String base = ServerAddress.local(settings);
        ServerClient server = ServerClient.here(settings);
        awaitReady(server, serverPid, serverLogs, terminal, out);
        if (firstStart || Files.exists(generatedPassword())) {
            try {
                greet(server, base);
            } catch (RuntimeException e) {
                out.println("\nThe first download could not be shown; the server runs without it. " + e.getMessage() + "\n");
            }
        }
        tellCertificate();
        out.println("WallWhale Server serves at " + base + " — Ctrl-C ends it.");
        out.flush();
        return 0;
    }

    /** Of the server's own one, which nobody else may vouch for. */
    private void tellCertificate() {
        TlsConfig tls = new TlsConfig(settings);
        Path trusted = new CertificateFiles(new DataFolder(settings)).publicCopy();
        if (tls.enabled() && tls.isOwn() && Files.exists(trusted)) {
            out.println("Its certificate lies in " + fromHere(trusted) + "; SHA-256 " + CertificateNames.fingerprint(Pem.certificates(trusted).get(0)) + ".");
        }
    }

    /** Until the server with this process answers; a failure with the reason from its logs when it ends or takes minutes. */
    static void awaitReady(ServerClient server, long serverPid, List<Path> serverLogs, boolean terminal, PrintWriter out) {
        long start = System.nanoTime();
        while (!server.isReady()) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            if (!ProcessHandle.of(serverPid).map(ProcessHandle::isAlive).orElse(false) || ServerLog.tellsOfFailure(serverLogs)) {
                throw new CommandFailure(ServerLog.tellsOfRefusal(serverLogs) ? CommandFailure.SETTINGS : CommandFailure.FAILED,
                        "The server did not start.\n" + ServerLog.reason(serverLogs));
            }
            if (seconds > READY_WITHIN.toSeconds()) {
                throw new CommandFailure(CommandFailure.NOT_REACHABLE, "The server is not ready after " + seconds + " s. See " + serverLogs + ".");
            }
            if (terminal) {
                out.print("\rStarting the server … " + seconds + " s");
                out.flush();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
        }
        out.println((terminal ? "\r" : "") + "The server is ready after " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s.");
    }

    private void greet(ServerClient server, String base) {
        String email = settings.text("wallwhale.admin.email").orElse("");
        boolean generated = Files.exists(generatedPassword());
        Secret password = password(base, email);
        boolean maySubmit = !generated || Files.exists(secretFile(AdministratorService.KEY_FILE));
        if (maySubmit && settings.onOff("wallwhale.sandbox.enabled") && settings.wholeNumber("wallwhale.worker.slots", 0, 64) > 0) {
            firstDownload(server, base, email, password);
        }
    }

    private void firstDownload(ServerClient server, String base, String email, Secret password) {
        Path key = secretFile(AdministratorService.KEY_FILE);
        if (Files.exists(key)) {
            showDownload(server.withKey(readOnce(key)), base, email);
            return;
        }
        JsonNode login = server.post("/api/v1/auth/login", Map.of("email", email, "password", password.reveal()));
        ServerClient administrator = server.withToken(Secret.of(login.path("accessToken").asText()));
        JsonNode created = administrator.post("/api/v1/admin/api-keys", Map.of("name", "First download", "kind", "test",
                "scopes", List.of("download:read", "download:write"), "expiresAt", Instant.now().plusSeconds(3600).toString()));
        try {
            showDownload(server.withKey(Secret.of(created.path("key").asText())), base, email);
        } finally {
            administrator.delete("/api/v1/admin/api-keys/" + created.path("apiKey").path("id").asText());
        }
    }

    private void showDownload(ServerClient caller, String base, String email) {
        out.println("\nA first download from the sandbox (a scripted stand-in: nothing comes from Steam):");
        Path zip = new DataFolder(settings).root().resolve("first-download.zip");
        download(caller, zip);
        printCurls(base, email, zip);
    }

    private void download(ServerClient caller, Path zip) {
        JsonNode download = caller.post("/api/v1/downloads", Map.of("urlOrId", FIRST_ITEM, "accountName", "sandbox"));
        String path = "/api/v1/downloads/" + download.path("id").asText();
        ProgressBar bar = new ProgressBar(out, terminal);
        long deadline = System.nanoTime() + DOWNLOADED_WITHIN.toNanos();
        while (!Set.of("success", "failed", "canceled").contains(download.path("status").asText())) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailure(CommandFailure.FAILED, "It is not done after " + DOWNLOADED_WITHIN.toSeconds() + " s.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            download = caller.get(path);
            bar.show(download);
        }
        bar.end();
        if (!download.path("status").asText().equals("success")) {
            throw new CommandFailure(CommandFailure.FAILED, "It failed: " + download.path("errorMessage").asText());
        }
        caller.save(path + "/zip", zip);
    }

    private Path generatedPassword() {
        return secretFile(AdministratorService.PASSWORD_FILE);
    }

    private Path secretFile(String name) {
        return new DataFolder(settings).root().resolve("secrets").resolve(name);
    }

    /** The configured password, or the generated one, which is shown here for the only time. */
    private Secret password(String base, String email) {
        Path file = generatedPassword();
        if (!Files.exists(file)) {
            return settings.secret("wallwhale.admin.password").orElseThrow(() -> new CommandFailure(CommandFailure.SETTINGS,
                    "Set WALLWHALE_ADMIN_PASSWORD: the administrator exists already, so none was generated."));
        }
        Secret generated = readOnce(file);
        out.printf("""

                Administrator   %1$s
                Password        %2$s   (shown once)

                Open %3$s in a browser and log in: there you choose a password of your own, without which nothing else works. Or by hand:
                  TOKEN=$(curl -s %3$s/api/v1/auth/login -H 'Content-Type: application/json' \\
                    -d '{"email":"%1$s","password":"%2$s"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
                  curl -X PUT %3$s/api/v1/me/password -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
                    -d '{"oldPassword":"%2$s","newPassword":"<yours>"}'
                """.replace("curl ", curl()), email, generated.reveal(), base);
        out.flush();
        return generated;
    }

    /** The content of a file that is gone afterwards. */
    private static Secret readOnce(Path file) {
        try {
            Secret secret = Secret.of(Files.readString(file, StandardCharsets.US_ASCII));
            Files.delete(file);
            return secret;
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.FAILED, "What the server left in " + file + " could not be read: " + e.getMessage());
        }
    }

    private void printCurls(String base, String email, Path zip) {
        out.printf("""
                The zip lies in %s (%s).

                The same by hand:
                  TOKEN=$(curl -s %4$s/api/v1/auth/login -H 'Content-Type: application/json' \\
                    -d '{"email":"%3$s","password":"<yours>"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
                  curl -s %4$s/api/v1/downloads -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
                    -d '{"urlOrId":"%5$s","accountName":"sandbox"}'
                  curl -O -J %4$s/api/v1/downloads/<id>/zip -H "Authorization: Bearer $TOKEN"

                """.replace("curl ", curl()), fromHere(zip), ProgressBar.bytes(zip.toFile().length()), email, base, FIRST_ITEM);
    }

    /** As part of a format: it trusts the certificate that the server made by itself. */
    private String curl() {
        TlsConfig tls = new TlsConfig(settings);
        Path trusted = new CertificateFiles(new DataFolder(settings)).publicCopy();
        return tls.enabled() && tls.isOwn() ? "curl --cacert " + Shell.word(Path.of(fromHere(trusted))).replace("%", "%%") + " " : "curl ";
    }

    /** As a person would write it in this folder. */
    private static String fromHere(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? "./" + here.relativize(path) : path.toString();
    }
}
