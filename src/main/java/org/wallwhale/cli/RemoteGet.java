package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a zip. */
@Command(name = "get", mixinStandardHelpOptions = true, description = {"Fetches the zip of a finished download.", "",
    "What broke off goes on, also by a later command; the file appears when it is whole and has the server's SHA-256."},
        footer = {"", "Examples:", "  wallwhale remote get 3000000000",
            "  wallwhale remote get 3000000000 --output wallpapers/whale.zip --force"})
final class RemoteGet extends ServerCommand {
    @Parameters(paramLabel = "ID", description = RemoteShow.ID)
    private String id;
    @Option(names = {"-o", "--output"}, paramLabel = "PATH", description = "The file, or a folder for it; without it <item>.zip here.")
    private Path output = Path.of("");
    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    @Override
    int ask(ServerClient server) {
        JsonNode download = Named.download(server, id);
        Path file = save(server, terminal, download, output, force);
        terminal.value(Map.of("id", download.path("id").asText(), "file", file.toString(), "bytes", file.toFile().length()));
        return 0;
    }

    /** Returns the file. {@code output} may be a folder. */
    static Path save(ServerClient server, Terminal terminal, JsonNode download, Path output, boolean force) {
        String item = download.path("pubfileId").asText().replaceAll("[^0-9]", "");
        Path file = Files.isDirectory(output) ? output.resolve(item + ".zip") : output;
        requireFree(file, force);
        long bytes = new ZipFetch(server, terminal).save(DOWNLOADS + "/" + download.path("id").asText() + "/zip", file);
        terminal.say(file + "  " + ProgressBar.bytes(bytes));
        return file;
    }

    /** A {@link CommandFailure} where {@code file} could not appear, or is there and must not be replaced. */
    static void requireFree(Path file, boolean force) {
        if (file.toAbsolutePath().getParent() == null || !Files.isDirectory(file.toAbsolutePath().getParent())) {
            throw new CommandFailure(CommandFailure.USAGE, "There is no folder for " + file + ": make it first, or name another with --output.");
        }
        if (Files.exists(file) && !force) {
            throw new TakenException(file, "name another with --output, or replace it with --force");
        }
    }
}
