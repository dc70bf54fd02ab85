package org.wallwhale.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.wallwhale.cli.Terminal.Style;
import org.wallwhale.cli.Terminal.Styled;
import org.wallwhale.certificate.TlsConfig;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether a server is ready, by its own answer at {@code /health/ready}. */
@Command(name = "health", mixinStandardHelpOptions = true,
        description = {"Tells whether a server is ready.", "", "It is the one at WALLWHALE_URL, else the one that WALLWHALE_HTTP_ADDRESS and "
            + "WALLWHALE_HTTP_PORT name on this machine. No key is needed.", ""},
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {" 0:ready", " 1:not ready", " 2:wrong use", " 3:a setting is wrong",
            " 4:nothing answers there, or something else than a server"},
        footer = {"", "Examples:", "  wallwhale health", "  wallwhale health --wait=120 && ./use-it.sh",
            "  WALLWHALE_URL=https://wallwhale.example wallwhale health --json"})
final class HealthCommand implements Callable<Integer> {
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    @Mixin
    private Terminal terminal = new Terminal();
    @Option(names = "--wait", paramLabel = "SECONDS", arity = "0..1", fallbackValue = "60", description = "Wait until it is ready; 60 seconds "
            + "at most if none are named.")
    private Integer wait;
    private final Settings settings;
    private ServerClient server;

    HealthCommand() {
        this(LocalSettings.read());
    }

    HealthCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (wait != null && wait < 0) {
            throw new CommandFailure(CommandFailure.USAGE, "--wait takes a number of seconds from 0 on.");
        }
        JsonNode answer = wait == null ? ask() : terminal.patience().await("Waiting for the server", this::awaited);
        boolean ready = answer.path("status").asText().equals("UP");
        answer.path("checks").forEach(check -> {
            boolean up = check.path("status").asText().equals("UP");
            terminal.say(new Styled(up ? "up    " : "down  ", up ? Style.GOOD : Style.BAD), new Styled(check.path("name").asText(), Style.PLAIN));
        });
        terminal.say(ready ? "The server is ready." : "The server is not ready: its /status and its log say why.");
        terminal.value(answer);
        return ready ? 0 : CommandFailure.FAILED;
    }

    private JsonNode awaited() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(wait);
        while (true) {
            Optional<JsonNode> answer = Optional.empty();
            boolean early = isBeforeItsCertificate();
            try {
                answer = Optional.of(ask());
            } catch (CommandFailure e) {
                if (e.exitCode() != CommandFailure.NOT_REACHABLE && !early || System.nanoTime() > end) {
                    throw e;
                }
            }
            if (answer.isPresent() && (answer.get().path("status").asText().equals("UP") || System.nanoTime() > end)) {
                return answer.get();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The first start with TLS makes one. */
    private boolean isBeforeItsCertificate() {
        TlsConfig tls = new TlsConfig(settings);
        return settings.text("wallwhale.url").isEmpty() && tls.enabled() && tls.isOwn() && Files.notExists(tls.certificate());
    }

    private JsonNode ask() {
        if (server == null) {
            server = ServerClient.of(settings);
        }
        HttpResponse<String> response = server.ask("/health/ready", WITHIN);
        try {
            JsonNode answer = Terminal.JSON.readTree(response.body());
            if (Map.of(200, "UP", 503, "DOWN").getOrDefault(response.statusCode(), "").equals(answer.path("status").asText("-"))) {
                return answer;
            }
        } catch (JsonProcessingException e) {
            // told below, together with other answers
        }
        throw new CommandFailure(CommandFailure.NOT_REACHABLE, "What answers at " + response.uri() + " (" + response.statusCode()
                + ") is no WallWhale Server, or one that is just starting: set WALLWHALE_URL to the server's address.");
    }
}
