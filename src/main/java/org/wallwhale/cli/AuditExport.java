package org.wallwhale.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fetches the audit log. */
@Command(name = "export", mixinStandardHelpOptions = true, description = {"Fetches the audit log, the oldest entry first.", "",
    "A file appears when it is whole. `wallwhale audit verify --file` looks at one in NDJSON."},
        footer = {"", "Examples:", "  wallwhale audit export --output audit.ndjson",
            "  wallwhale audit export --format csv --action 'key.*' > keys.csv"})
final class AuditExport extends ServerCommand {
    private static final Duration SILENCE = Duration.ofMinutes(2);
    /** The server's own words for an end that is none; in both formats the last line begins with them. */
    private static final String UNFINISHED = "The export ends here, because the server failed";
    @Option(names = "--format", paramLabel = "FORMAT", completionCandidates = Choices.OfFormat.class, description = "ndjson or csv; ndjson without it.")
    private String format = "ndjson";
    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Where to write it; standard output without it.")
    private Path output;
    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;
    @Option(names = "--from", paramLabel = "TIME", description = "From this day or time on.")
    private String from;
    @Option(names = "--to", paramLabel = "TIME", description = "Up to this day or time.")
    private String to;
    @Option(names = "--action", paramLabel = "ACTION", description = "Only this one, such as key.create or key.*.")
    private String action;
    @Option(names = "--user", paramLabel = "ADDRESS|ID", description = "Only what this user did.")
    private String user;

    @Override
    int ask(ServerClient server) {
        if (output == null && terminal.isJson()) {
            throw new CommandFailure(CommandFailure.USAGE, "With --json name a file with --output: standard output has room for one of the two.");
        }
        if (output != null && !force && Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
            throw new TakenException(output, "name another with --output, or replace it with --force");
        }
        String address = "/api/v1/admin/audit-logs/export?format=" + encoded(format) + filter("startDate", from) + filter("endDate", to)
                + filter("action", action) + filter("userId", user == null ? null : Named.user(server, user).body().path("id").asText());
        try {
            long bytes = output == null ? take(server, address, new FileOutputStream(FileDescriptor.out)) : save(server, address);
            if (output != null) {
                terminal.say(output + "  " + ProgressBar.bytes(bytes));
                terminal.value(Map.of("file", output.toString(), "bytes", bytes));
            }
            return 0;
        } catch (IOException e) {
            if (output == null && Main.isPipe()) {
                // its reader had enough
                throw new CommandFailure(CommandFailure.FAILED, "");
            }
            throw new CommandFailure(CommandFailure.FAILED, "The export cannot be written (" + SystemReason.of(e) + "): make room, or name another file with "
                    + "--output.");
        }
    }

    private long save(ServerClient server, String address) throws IOException {
        // of this command alone, and for its user's eyes only
        Path part = Files.createTempFile(output.toAbsolutePath().getParent(), ".export-", ".part");
        part.toFile().deleteOnExit();
        try {
            long bytes;
            try (OutputStream out = Files.newOutputStream(part)) {
                bytes = take(server, address, out);
            }
            Files.move(part, output, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return bytes;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private long take(ServerClient server, String address, OutputStream out) throws IOException {
        ProgressBar bar = terminal.bar();
        long began = System.nanoTime();
        long shownAt = began;
        long bytes = 0;
        String end = "";
        byte[] buffer = new byte[1 << 16];
        try (InputStream body = server.stream(address, SILENCE).body()) {
            for (int count = read(server, body, buffer); count >= 0; count = read(server, body, buffer)) {
                out.write(buffer, 0, count);
                bytes += count;
                String both = end + new String(buffer, Math.max(0, count - 500), Math.min(500, count), StandardCharsets.UTF_8);
                end = both.substring(Math.max(0, both.length() - 500));
                long now = System.nanoTime();
                if (output != null && now - shownAt > 200_000_000L) {
                    shownAt = now;
                    bar.show("exporting", 0, bytes, (long) (bytes * 1e9 / (now - began)));
                }
            }
        }
        out.flush();
        if (shownAt > began) {
            bar.end();
        }
        String lastLine = end.strip().substring(end.strip().lastIndexOf('\n') + 1);
        if (lastLine.startsWith("{\"error\":\"" + UNFINISHED) || lastLine.startsWith('"' + UNFINISHED)) {
            throw new CommandFailure(CommandFailure.FAILED, "The export is not whole, because the server failed in the middle: run the same "
                    + "command again.");
        }
        return bytes;
    }

    private static int read(ServerClient server, InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw server.unreachable(e);
        }
    }
}
