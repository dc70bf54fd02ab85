package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.wallwhale.audit.ExportedChain;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells whether the audit log of a running server, or an export of it, is as it was written. */
@Command(name = "verify", mixinStandardHelpOptions = true, exitCodeOnExecutionException = CommandFailure.NOT_REACHABLE,
        description = {"Tells whether the audit log of a running server is as it was written, and if not, from where on.", "",
            "The server is the one of `wallwhale login`. With an API key in WALLWHALE_API_KEY it is the one at WALLWHALE_URL, else the one "
                + "that WALLWHALE_HTTP_ADDRESS and WALLWHALE_HTTP_PORT name on this machine. The scope admin:read is needed.", ""},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:intact", "1:broken", "2:wrong use", "3:a setting is missing or wrong", "4:the server cannot be reached, or cannot do it now",
            "5:the key may not do this"},
        footer = {"", "Examples:", "  wallwhale audit verify", "  wallwhale audit verify --file audit.ndjson"})
final class AuditVerify implements Callable<Integer> {
    private static final String ADDRESS = "/api/v1/admin/audit-logs/verification";
    /** A million entries take a minute or two; whoever has waited enough ends it. */
    private static final Duration WITHIN = Duration.ofHours(6);
    @Mixin
    private Terminal terminal = new Terminal();
    @Option(names = "--file", paramLabel = "EXPORT", description = "Look at this NDJSON export of the whole log, without any server. "
            + "That it ends where the server's log does, it cannot tell.")
    private Path file;
    private final Settings settings;

    AuditVerify() {
        this(LocalSettings.read());
    }

    AuditVerify(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        JsonNode found = terminal.patience().await("Verifying the audit log", file == null ? this::ofServer : this::ofFile);
        sentences(found).forEach(terminal::say);
        terminal.value(found);
        return found.path("intact").asBoolean() ? 0 : CommandFailure.FAILED;
    }

    private JsonNode ofServer() {
        ServerClient server = ServerCommand.connect(settings).saying(terminal::note);
        try {
            JsonNode found = server.get(ADDRESS, WITHIN);
            if (found.path("intact").isBoolean() && found.path("lastHash").isTextual()) {
                return found;
            }
            throw new CommandFailure(CommandFailure.NOT_REACHABLE, "What answers there is no WallWhale Server, or an older one than this "
                    + "program: set WALLWHALE_URL to the server's address.");
        } catch (CommandFailure e) {
            // 1 says that the log is broken, and nothing else
            throw e.exitCode() == CommandFailure.FAILED ? new CommandFailure(CommandFailure.NOT_REACHABLE, e.getMessage()) : e;
        }
    }

    private JsonNode ofFile() {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailure(CommandFailure.USAGE, "There is no file " + file + " that can be read here: name an export that "
                    + "GET /api/v1/admin/audit-logs/export has made.");
        }
        try {
            return Terminal.JSON.valueToTree(ExportedChain.verify(file));
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, "The file " + file + " could not be read to its end (" + SystemReason.of(e)
                    + "): look at its disk, and try again.");
        }
    }

    private List<String> sentences(JsonNode found) {
        boolean intact = found.path("intact").asBoolean();
        long links = found.path("links").asLong();
        String last = String.format(Locale.ROOT, "entry %,d", found.path("lastPosition").asLong());
        List<String> sentences = new ArrayList<>();
        sentences.add(!intact ? "The audit log is BROKEN. " + found.path("fault").asText()
                : file == null ? "The audit log is intact." : "This export is intact in itself.");
        if (links > 0) {
            sentences.add((intact ? "Recomputed: " : "As they were written: ") + entries(links) + ", from " + found.path("from").asText()
                    + " to " + found.path("until").asText() + (intact ? "; each follows from the one before." : "; the last good one is "
                    + last + "."));
        }
        if (found.path("dropped").asLong() > 0) {
            sentences.add(file == null ? "Gone before them, because their time was over: " + entries(found.path("dropped").asLong()) + "."
                    : String.format(Locale.ROOT, "Its first entry, %,d, is taken as it is: the one before it is not in the file.",
                    found.path("dropped").asLong()));
        }
        if (intact) {
            sentences.add(end(found, last));
        }
        if (found.path("waiting").asLong() > 0) {
            sentences.add("Too new to be chained yet: " + entries(found.path("waiting").asLong()) + ".");
        }
        return sentences;
    }

    private String end(JsonNode found, String last) {
        String hash = found.path("lastHash").asText();
        if (file != null) {
            return "It ends with " + last + ", whose hash is " + hash + ": the server's own log must have that entry with the same hash.";
        }
        return found.path("lastPosition").asLong() == 0 ? "Nothing was chained yet."
                : "Both ends are signed with the server's key. The last one is " + last + ", whose hash is " + hash
                + ": keep it elsewhere, and nobody can put an older state back unnoticed.";
    }

    private static String entries(long count) {
        return String.format(Locale.ROOT, count == 1 ? "%,d entry" : "%,d entries", count);
    }
}
