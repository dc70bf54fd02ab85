package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import org.wallwhale.cli.ServerClient.Found;

/** Things of the server by what people call them; their ids serve as well. */
final class Named {
    private static final String ADMIN = "/api/v1/admin/";

    private Named() {
    }

    /** By its name; one that several keys have is refused, and their ids are told. */
    static Found key(ServerClient server, String text) {
        return find(server, "api-keys", "apiKeys", "name", text, "API key", "key list");
    }

    static Found account(ServerClient server, String text) {
        return find(server, "steam-users", "steamUsers", "alias", text, "Steam account", "account list");
    }

    /** By mail address. */
    static Found user(ServerClient server, String text) {
        return find(server, "users", "users", "email", text, "user", "user list");
    }

    /** By its id, or by an item's: then it is the caller's newest of that item. */
    static JsonNode download(ServerClient server, String text) {
        if (isId(text)) {
            return server.get(ServerCommand.DOWNLOADS + "/" + text);
        }
        if (!text.matches("[1-9][0-9]{0,19}")) {
            throw new CommandFailure(CommandFailure.USAGE, "\"" + text + "\" is no id of a download or an item: `wallwhale remote list` "
                    + "shows those that there are.");
        }
        JsonNode newest = server.get(ServerCommand.DOWNLOADS + "?limit=1&pubfileId=" + text).path("downloads").path(0);
        if (newest.isMissingNode()) {
            throw new CommandFailure(CommandFailure.FAILED, "You have no download of item " + text + ": `wallwhale remote download "
                    + text + "` asks for it.");
        }
        return newest;
    }

    /** The address of what was found. */
    static String path(String list, Found found) {
        return ADMIN + list + "/" + found.body().path("id").asText();
    }

    private static Found find(ServerClient server, String list, String member, String name, String text, String thing, String command) {
        if (isId(text)) {
            return server.find(ADMIN + list + "/" + text);
        }
        String query = list.equals("users") ? "?q=" + ServerCommand.encoded(text) : "";
        List<JsonNode> found = ServerCommand.pages(server, ADMIN + list + query, member, Integer.MAX_VALUE).stream()
                .filter(one -> one.path(name).asText().equalsIgnoreCase(text) && one.path("revokedAt").asText("").isEmpty()).toList();
        if (found.isEmpty()) {
            throw new CommandFailure(CommandFailure.FAILED, "There is no " + thing + " \"" + text + "\": `wallwhale " + command
                    + "` shows those that there are.");
        }
        if (found.size() > 1) {
            throw new CommandFailure(CommandFailure.USAGE, "More than one " + thing + " is called \"" + text + "\": name it by its id, one of "
                    + found.stream().map(one -> one.path("id").asText()).collect(Collectors.joining(", ")) + ".");
        }
        return server.find(ADMIN + list + "/" + found.get(0).path("id").asText());
    }

    private static boolean isId(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    }
}
