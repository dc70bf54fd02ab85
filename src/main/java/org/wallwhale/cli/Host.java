package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.wallwhale.certificate.CertificateFiles;
import org.wallwhale.certificate.Pem;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import org.wallwhale.engine.EngineConfig;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.secret.Secret;
import org.wallwhale.share.ShareTerms;
import org.wallwhale.workshop.PubfileId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Downloads items and shares them from a server that the launcher has started for that alone, on a folder that goes with it. The launcher
 * asks first, with {@code --plan}, where that server is to listen.
 */
@Command(name = "host", mixinStandardHelpOptions = true, description = {"Downloads items and shares them with everybody who has the link, until the time is over or "
    + "Ctrl-C.", "", "A server of its own serves them from a temporary folder, which is deleted at the end."},
        footer = {"", "Examples:", "  wallwhale host 3000000000 --account sandbox     a first try; nothing comes from Steam",
            "  wallwhale host 123456789 987654321 --password --expire 2h --port 9000", "  wallwhale host 123456789 --tls"})
final class Host implements Callable<Integer> {
    private static final Duration TURN = Duration.ofSeconds(2);
    @Spec
    private CommandSpec command;
    @Mixin
    private Terminal terminal;
    @Parameters(paramLabel = "ID|URL", arity = "1..1000", description = "Workshop items or collections, by their ids or addresses.")
    private List<String> items = new ArrayList<>();
    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "Where to serve; 8080 if not named.")
    private int port;
    @Option(names = "--address", paramLabel = "ADDRESS", defaultValue = "0.0.0.0", description = "The address of this machine to serve at; all of them if not named.")
    private String address;
    @Option(names = "--expire", paramLabel = "TIME", defaultValue = "1d", converter = Span.Reader.class, description = "When it ends, such as 30m or 12h; a day if not named.")
    private Span expire;
    @Option(names = "--password", description = "Ask for a password that visitors have to know.")
    private boolean protect;
    @Mixin
    private PasswordSource password;
    @Option(names = "--account", paramLabel = "NAME", description = "\"sandbox\" for the scripted stand-in; without it, items are fetched that need no account.")
    private String account;
    @Option(names = "--tls", description = "Serve by TLS, with a certificate that nobody vouches for: visitors are warned, and can compare what is printed.")
    private boolean tls;
    @Option(names = "--plan", hidden = true)
    private boolean plan;
    @Option(names = "--without-terminal", hidden = true)
    private boolean withoutTerminal;
    @Option(names = "--server-pid", hidden = true)
    private long serverPid;
    @Option(names = "--server-log", hidden = true)
    private List<Path> serverLogs = new ArrayList<>();
    private final Settings settings = LocalSettings.read();

    @Override
    public Integer call() {
        demandSense();
        if (plan) {
            demandPassword();
            System.out.println(("listen " + port + " " + address + " " + tls + " " + engine()).strip());
            return 0;
        }
        if (serverPid == 0) {
            throw new CommandFailure(CommandFailure.USAGE, "This needs a server of its own: start it as ./wallwhale host.");
        }
        Secret secret = protect || password.isFile() ? fit(password.readNew(terminal, "Password of the link, 8 characters or more")) : null;
        ServerClient server = ServerClient.here(settings);
        Welcome.awaitReady(server, serverPid, serverLogs, System.console() != null, command.commandLine().getErr());
        host(key(server), secret);
        return 0;
    }

    private void demandSense() {
        items.forEach(item -> demand(item, () -> PubfileId.parse(item)));
        if (account != null && !account.equals("sandbox")) {
            throw new CommandFailure(CommandFailure.USAGE, "A host logs in to no Steam account: leave --account out, or take \"sandbox\". To share what needs an "
                    + "account, use ./wallwhale serve and ./wallwhale share create.");
        }
        if (port < 1 || port > 65_535) {
            throw new CommandFailure(CommandFailure.USAGE, "--port must be from 1 to 65535.");
        }
        if (!address.matches("[0-9A-Fa-f.:]{2,45}")) {
            throw new CommandFailure(CommandFailure.USAGE, "--address must be an address of this machine, such as 192.168.1.20.");
        }
        if (expire.duration().compareTo(Duration.ofDays(90)) > 0) {
            throw new CommandFailure(CommandFailure.USAGE, "--expire must be 90d at most.");
        }
    }

    /** As far as can be told without asking: what comes by standard input is read once. */
    private void demandPassword() {
        if (password.isPlainFile()) {
            fit(password.readNew(terminal, ""));
        } else if (protect && !password.isFile() && withoutTerminal) {
            throw new CommandFailure(CommandFailure.USAGE, "There is no terminal to ask for the password of the link at: name a file with --password-file.");
        }
    }

    private static Secret fit(Secret secret) {
        demand("The link", () -> ShareTerms.demandPassword(secret));
        return secret;
    }

    /** The server would say the same after minutes. */
    private static void demand(String what, Runnable rule) {
        try {
            rule.run();
        } catch (ProblemException e) {
            throw new CommandFailure(CommandFailure.USAGE, what + ": " + e.getMessage());
        }
    }

    /** Where DepotDownloader is, which the server on the temporary folder does not know; empty where there is none. */
    private String engine() {
        Optional<Path> engine = new EngineConfig(settings).depotDownloader();
        if (!settings.faults().isEmpty()) {
            throw new CommandFailure(CommandFailure.SETTINGS, String.join(" ", settings.faults()));
        }
        return engine.map(Path::toString).orElse("");
    }

    /** Tokens end after minutes, a key does not. */
    private ServerClient key(ServerClient server) {
        JsonNode login = server.post("/api/v1/auth/login", Map.of("email", settings.text("wallwhale.admin.email").orElse(""),
                "password", settings.secret("wallwhale.admin.password").map(Secret::reveal).orElse("")));
        return server.withKey(Secret.of(server.withToken(Secret.of(login.path("accessToken").asText())).post("/api/v1/admin/api-keys",
                Map.of("name", "host", "scopes", List.of("download:read", "download:write"))).path("key").asText()));
    }

    private void host(ServerClient server, Secret secret) {
        JsonNode batch = server.post(ServerCommand.DOWNLOADS + "/batch", Map.of("items", items.stream().map(this::wish).toList()));
        long good = download(server, batch);
        if (good == 0) {
            throw new CommandFailure(CommandFailure.FAILED, "Nothing could be downloaded, so that there is nothing to share.");
        }
        Map<String, Object> terms = new LinkedHashMap<>(Map.of("expiresAt", expire.end(server)));
        if (secret != null) {
            terms.put("password", secret.reveal());
        }
        // a batch of one collection has what the collection has, which is a download of its own
        JsonNode only = batch.path("items").size() == 1 ? batch.path("items").path(0) : null;
        String shares = only != null ? ServerCommand.DOWNLOADS + "/" + only.path("downloadId").asText() : "/api/v1/batches/" + batch.path("id").asText();
        JsonNode share = server.post(shares + "/shares", terms);
        show(share);
        watch(server, share.path("id").asText());
    }

    private Map<String, Object> wish(String item) {
        return account == null ? Map.of("urlOrId", item) : Map.of("urlOrId", item, "accountName", account);
    }

    /** How many came. */
    private long download(ServerClient server, JsonNode batch) {
        List<String> ids = new ArrayList<>();
        batch.path("items").forEach(line -> {
            if (line.path("result").asText().equals("invalid")) {
                terminal.note("Refused: " + line.path("message").asText());
            } else {
                ids.add(line.path("downloadId").asText());
            }
        });
        List<JsonNode> good = new ArrayList<>();
        new Following(server, terminal, ids.stream().distinct().toList()).run(download -> {
            terminal.note(RemoteShow.summary(download));
            if (download.path("contentAvailable").asBoolean()) {
                good.add(download);
            }
        });
        return good.size();
    }

    private void show(JsonNode share) {
        String url = share.path("url").asText();
        String path = url.substring(url.indexOf("/s/"));
        List<String> links = addresses().map(host -> (tls ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + path).toList();
        terminal.say("");
        if (System.console() != null) {
            QrLines.of(links.get(0)).forEach(terminal::say);
        }
        links.forEach(terminal::say);
        terminal.say("");
        terminal.say("It ends at " + share.path("expiresAt").asText() + ", or with Ctrl-C. For curl: curl " + (tls ? "--cacert " + Shell.word(certificate()) + " " : "") + "-OJL " + (share.path("hasPassword").asBoolean() ? "-u link " : "") + links.get(0));
        if (tls) {
            terminal.say("SHA-256 of the certificate that browsers warn of: " + CertificateNames.fingerprint(Pem.certificates(certificate()).get(0)));
        }
        terminal.value(Map.of("url", links.get(0), "urls", links, "expiresAt", share.path("expiresAt").asText(), "hasPassword", share.path("hasPassword").asBoolean()));
    }

    private Path certificate() {
        return new CertificateFiles(new DataFolder(settings)).publicCopy();
    }

    /** Where visitors find this machine, the address that is reached from farthest first. */
    private Stream<String> addresses() {
        if (!address.equals("0.0.0.0") && !address.equals("::")) {
            return Stream.of(address);
        }
        List<String> found = MachineAddresses.ofOthers();
        return found.isEmpty() ? Stream.of("127.0.0.1") : found.stream();
    }

    /** Until the time is over. A look that fails is no reason to end what others are fetching; the server's end is. */
    private void watch(ServerClient server, String share) {
        long begin = System.nanoTime();
        String told = "";
        while (System.nanoTime() - begin < expire.duration().toNanos()) {
            if (!ProcessHandle.of(serverPid).map(ProcessHandle::isAlive).orElse(false)) {
                throw new CommandFailure(CommandFailure.FAILED, "The server has ended.\n" + ServerLog.reason(serverLogs));
            }
            String now = look(server, share);
            if (!now.equals(told)) {
                terminal.note(now);
            }
            told = now;
            Patience.pause(TURN);
        }
        terminal.note("The time is over.");
    }

    /** What visitors have done, or why that cannot be told. */
    private static String look(ServerClient server, String share) {
        try {
            JsonNode now = server.get("/api/v1/shares/" + share);
            return now.path("views").asText() + " views, " + now.path("downloads").asText() + " downloads, "
                    + ProgressBar.bytes(now.path("bytesSent").asLong()) + " sent";
        } catch (CommandFailure e) {
            return e.getMessage();
        }
    }
}
