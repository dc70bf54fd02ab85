package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.wallwhale.cli.ServerClient.Found;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a link. */
@Command(name = "change", mixinStandardHelpOptions = true, description = {"Changes what you name of a link; the rest stays, and so does its address.", "",
    "Another password ends what is being sent.", ""},
        footer = {"", "Examples:", "  wallwhale share change 5a0c7a52-1f0e-4f5e-8a56-5d0b3a0c9e11 --expire 7d",
            "  wallwhale share change https://files.example.org/s/1gcbw... --password --max-downloads none",
            "  wallwhale share change 5a0c7a52-1f0e-4f5e-8a56-5d0b3a0c9e11 --no-password --rate 1000000"})
final class ShareChange extends ServerCommand {
    private static final String NONE = "none";
    @Parameters(paramLabel = "LINK|ID", description = "The link, or its id, as the list tells it.")
    private String link;
    @Option(names = {"--expire", "--expires-at"}, paramLabel = "TIME", converter = Deadline.Reader.class, description = "When it ends: from now on, such as "
            + "12h or 7d, or a time such as 2030-01-31T00:00:00Z.")
    private Deadline expire;
    @Option(names = "--password", description = "Another password, or one at all: it is asked for.")
    private boolean protect;
    @Mixin
    private PasswordSource password;
    @Option(names = "--no-password", description = "No password any longer.")
    private boolean open;
    @Option(names = "--max-downloads", paramLabel = "N", description = "How often it may be downloaded, from its beginning on; `none` for any number.")
    private String maxDownloads;
    @Option(names = "--rate", paramLabel = "BYTES", description = "Bytes a second for all its readers together; `none` for as many as go.")
    private String bytesPerSecond;

    @Override
    int ask(ServerClient server) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "maxDownloads", maxDownloads);
        put(body, "bytesPerSecond", bytesPerSecond);
        boolean another = protect || password.isFile();
        if (another && open) {
            throw new CommandFailure(CommandFailure.USAGE, "A password and --no-password exclude each other: name one of them.");
        }
        if (body.isEmpty() && expire == null && !another && !open) {
            throw new CommandFailure(CommandFailure.USAGE, "Say what to change: `wallwhale share change --help` tells what there is.");
        }
        Found found = Named.share(server, link);
        if (expire != null) {
            body.put("expiresAt", expire.at(server));
        }
        if (another || open) {
            body.put("password", another ? password.readNew(terminal, "New password of the link").reveal() : null);
        }
        JsonNode changed = server.patch(Named.SHARES + found.body().path("id").asText(), body, found.etag());
        terminal.say("The link " + changed.path("url").asText() + " is changed.");
        terminal.note("It ends at " + changed.path("expiresAt").asText() + ".");
        terminal.value(changed);
        return 0;
    }

    /** Nothing for null; {@code none} is the API's null. */
    private static void put(Map<String, Object> body, String member, String value) {
        if (value == null) {
            return;
        }
        if (!value.equals(NONE) && !value.matches("[0-9]{1,18}")) {
            throw new CommandFailure(CommandFailure.USAGE, "\"" + value + "\" is no limit (" + member + "): say a number, or `none`.");
        }
        body.put(member, value.equals(NONE) ? null : Long.valueOf(value));
    }
}
