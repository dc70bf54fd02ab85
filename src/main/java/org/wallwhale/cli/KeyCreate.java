package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a key. */
@Command(name = "create", mixinStandardHelpOptions = true, description = "Makes an API key and prints its text, for the only time.",
        footer = {"", "Examples:", "  wallwhale key create 'nightly job' --scope download:*",
            "  (umask 077; wallwhale key create shop --scope download:read --rate-limit 60 > shop.key)"})
final class KeyCreate extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "What it is for.")
    private String name;
    @Option(names = "--scope", paramLabel = "SCOPE", split = ",", required = true, description = "download:read, download:write, "
            + "download:export, download:*, admin:read, admin:write or admin:*; several with commas.")
    private List<String> scopes;
    @Option(names = "--kind", paramLabel = "KIND", completionCandidates = Choices.OfKind.class, description = "live, or test for the sandbox alone; live without it.")
    private String kind;
    @Option(names = "--user", paramLabel = "ADDRESS|ID", description = "Its owner; you without it.")
    private String user;
    @Option(names = {"--expire", "--expires-at"}, paramLabel = "TIME", converter = Deadline.Reader.class, description = "When it ends: from now on, such as "
            + "12h or 7d, or a time such as 2030-01-31T00:00:00Z.")
    private Deadline expire;
    @Option(names = "--ip-allow", paramLabel = "NETWORK", split = ",", description = "Addresses and networks that may use it.")
    private List<String> ipAllow;
    @Mixin
    private LimitOptions limits;

    @Override
    int ask(ServerClient server) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("scopes", scopes);
        body.put("kind", kind);
        body.put("userId", user == null ? null : Named.user(server, user).body().path("id").asText());
        body.put("expiresAt", expire == null ? null : expire.at(server));
        body.put("ipAllow", ipAllow);
        limits.addTo(body);
        shown(server.post("/api/v1/admin/api-keys", body, "Idempotency-Key", UUID.randomUUID().toString()), terminal,
                "end the key with `wallwhale key revoke %s --yes`, and make another where there is room");
        return 0;
    }

    /** The text alone on standard output. {@code cure}, with the id for %s, is for a text that nobody got. */
    static void shown(JsonNode made, Terminal terminal, String cure) {
        // first: whoever loses the text has to revoke the key
        terminal.note("This is the key \"" + made.at("/apiKey/name").asText() + "\" (" + made.at("/apiKey/id").asText()
                + "). Keep its text now: it cannot be shown again.");
        terminal.say(made.path("key").asText());
        terminal.value(made);
        if (!terminal.isTaken()) {
            throw new CommandFailure(CommandFailure.FAILED, "The text of the key could not be written, and nobody can see it any longer: "
                    + cure.formatted(made.at("/apiKey/id").asText()) + ".");
        }
    }
}
