package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a link. */
@Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a link to a finished download, or to a batch, for people without an account.",
        footer = {"", "Examples:", "  wallwhale share create 0b54f5c4-9a3e-4c1a-8c51-0d3a6c1b7e2f",
            "  wallwhale share create 0b54f5c4-9a3e-4c1a-8c51-0d3a6c1b7e2f --password --expire 2d --max-downloads 3",
            "  wallwhale share create BATCH --batch --json | jq -r .url"})
final class ShareCreate extends ServerCommand {
    @Parameters(paramLabel = "DOWNLOAD", description = "Its id.")
    private String id;
    @Option(names = "--batch", description = "The id is that of a batch.")
    private boolean batch;
    @Option(names = {"--expire", "--expires-at"}, paramLabel = "TIME", converter = Deadline.Reader.class, description = "When the link ends: from now on, such as "
            + "12h or 7d, or a time such as 2030-01-31T00:00:00Z; the server's default without it.")
    private Deadline expire;
    @Option(names = "--password", description = "Ask for a password that its visitors have to know.")
    private boolean protect;
    @Mixin
    private PasswordSource password;
    @Option(names = "--max-downloads", paramLabel = "N", description = "How often it may be downloaded.")
    private Integer maxDownloads;
    @Option(names = "--rate", paramLabel = "BYTES", description = "Bytes a second for all its readers together.")
    private Long bytesPerSecond;

    @Override
    int ask(ServerClient server) {
        Map<String, Object> terms = new LinkedHashMap<>();
        terms.put("expiresAt", expire == null ? null : expire.at(server));
        terms.put("password", protect || password.isFile() ? password.readNew(terminal, "Password of the link").reveal() : null);
        terms.put("maxDownloads", maxDownloads);
        terms.put("bytesPerSecond", bytesPerSecond);
        terms.values().removeIf(value -> value == null);
        JsonNode share = server.post(Named.shares(server, id, batch), terms);
        terminal.say(share.path("url").asText());
        terminal.note("It ends at " + share.path("expiresAt").asText() + ".");
        terminal.value(share);
        return 0;
    }
}
