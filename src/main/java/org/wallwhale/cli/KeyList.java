package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;

/** All keys. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all API keys, the newest first, without their text.",
        footerHeading = ServerCommand.EXAMPLES, footer = {"  wallwhale key list", "  wallwhale key list --json | jq -r '.[].name'"})
final class KeyList extends ServerCommand {
    @Override
    int ask(ServerClient server) {
        List<JsonNode> keys = pages(server, "/api/v1/admin/api-keys", "apiKeys", Integer.MAX_VALUE);
        terminal.table(List.of("id", "name", "key", "state", "scopes", "requests", "last used"), keys.stream().map(key -> List.of(
                key.path("id").asText(), key.path("name").asText(), key.path("prefix").asText() + "…" + key.path("lastFour").asText(),
                !key.path("revokedAt").isNull() ? "revoked" : key.path("isActive").asBoolean() ? "active" : "inactive", cell(key.path("scopes")),
                key.path("requestCount").asText(), key.path("lastUsedAt").asText("never"))).toList());
        terminal.value(keys);
        return 0;
    }
}
