package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** All keys. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all API keys, the newest first, without their text.",
        footer = {"", "Examples:", "  wallwhale key list", "  wallwhale key list --json | jq -r '.[].name'"})
final class KeyList extends ServerCommand {
    @Override
    int ask(ServerClient server) {
        List<JsonNode> keys = pages(server, "/api/v1/admin/api-keys", "apiKeys", Integer.MAX_VALUE);
        Instant now = Span.now(server);
        keys.forEach(key -> judge(key, now));
        terminal.table(List.of("id", "name", "key", "state", "scopes", "requests", "last used"), keys.stream().map(key -> List.of(
                key.path("id").asText(), key.path("name").asText(), key.path("prefix").asText() + "…" + key.path("lastFour").asText(),
                key.path("state").asText(), cell(key.path("scopes")),
                key.path("requestCount").asText(), key.path("lastUsedAt").asText("never"))).toList());
        terminal.value(keys);
        return 0;
    }

    /** Adds its {@code state}: {@code isActive} is what was wanted of it, also once it has expired. Returns the same. */
    static JsonNode judge(JsonNode key, Instant now) {
        boolean expired = key.path("expiresAt").isTextual() && !Instant.parse(key.path("expiresAt").asText()).isAfter(now);
        return ((ObjectNode) key).put("state", key.path("revokedAt").isTextual() ? "revoked" : expired ? "expired"
                : key.path("isActive").asBoolean() ? "active" : "inactive");
    }
}
