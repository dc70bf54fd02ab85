package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.wallwhale.cli.ServerClient.Found;
import org.wallwhale.share.LinkText;

/** Things of the server by what people call them; their ids serve as well. */
final class Named {
    static final String SHARES = "/api/v1/shares/";
    private static final Pattern LINK = Pattern.compile("https?://.*/s/([^/?#]*)/?([?#].*)?");
    private static final String ADMIN = "/api/v1/admin/";
    private static final String BATCHES = "/api/v1/batches/";
    private static final String DOWNLOADS_CURE = "`wallwhale remote list` shows those that there are";

    private Named() {
    }

    /** By its name, a revoked one only where no other has it; one that several keys have is refused, and their ids are told. */
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
            return at(server, ServerCommand.DOWNLOADS + "/" + text, "download", text, DOWNLOADS_CURE).body();
        }
        if (!text.matches("[1-9][0-9]{0,19}")) {
            throw new CommandFailure(CommandFailure.USAGE, "\"" + text + "\" is no id of a download or an item: " + DOWNLOADS_CURE + ".");
        }
        JsonNode newest = server.get(ServerCommand.DOWNLOADS + "?limit=1&pubfileId=" + text).path("downloads").path(0);
        if (newest.isMissingNode()) {
            throw new CommandFailure(CommandFailure.USAGE, "You have no download of item " + text + ": `wallwhale remote download "
                    + text + "` asks for it.");
        }
        return newest;
    }

    /** The address of the links of a download, or of a batch, which goes by its id alone. */
    static String shares(ServerClient server, String text, boolean batch) {
        if (!batch) {
            return ServerCommand.DOWNLOADS + "/" + download(server, text).path("id").asText() + "/shares";
        }
        String cure = "`wallwhale remote batches` shows those that there are";
        if (!isId(text)) {
            throw absent("batch", text, cure);
        }
        at(server, BATCHES + text, "batch", text, cure);
        return BATCHES + text + "/shares";
    }

    /** The address of what was found. */
    static String path(String list, Found found) {
        return ADMIN + list + "/" + found.body().path("id").asText();
    }

    private static Found find(ServerClient server, String list, String member, String name, String text, String thing, String command) {
        String cure = "`wallwhale " + command + "` shows those that there are";
        if (isId(text)) {
            return at(server, ADMIN + list + "/" + text, thing, text, cure);
        }
        String query = list.equals("users") ? "?q=" + ServerCommand.encoded(text) : "";
        List<JsonNode> named = ServerCommand.pages(server, ADMIN + list + query, member, Integer.MAX_VALUE).stream()
                .filter(one -> one.path(name).asText().equalsIgnoreCase(text)).toList();
        List<JsonNode> live = named.stream().filter(one -> one.path("revokedAt").asText("").isEmpty()).toList();
        List<JsonNode> found = live.isEmpty() ? named : live;
        if (found.isEmpty()) {
            throw absent(thing, text, cure);
        }
        if (found.size() > 1) {
            throw new CommandFailure(CommandFailure.USAGE, "More than one " + thing + " is called \"" + text + "\": name it by its id, one of "
                    + found.stream().map(one -> one.path("id").asText()).collect(Collectors.joining(", ")) + ".");
        }
        return server.find(ADMIN + list + "/" + found.get(0).path("id").asText());
    }

    /** A link by itself or by its id. */
    static Found share(ServerClient server, String text) {
        return shareIfThere(server, text).orElseThrow(() -> noLink(text));
    }

    /** The same; empty for an id that is none of a link, which may be one of something else. */
    static Optional<Found> shareIfThere(ServerClient server, String text) {
        Matcher link = LINK.matcher(text);
        if (link.matches()) {
            return Optional.of(LinkText.share(link.group(1)).flatMap(id -> find(server, SHARES + id)).orElseThrow(() -> noLink(text)));
        }
        return isId(text) ? find(server, SHARES + text) : Optional.empty();
    }

    private static CommandFailure noLink(String text) {
        return absent("link", text, "`wallwhale share list` shows those of a download");
    }

    /** What is at that address. The server does not tell what is not there from what is somebody else's. */
    private static Found at(ServerClient server, String path, String thing, String text, String cure) {
        return find(server, path).orElseThrow(() -> absent(thing, text, cure));
    }

    private static Optional<Found> find(ServerClient server, String path) {
        try {
            return Optional.of(server.find(path));
        } catch (RefusedException e) {
            if (e.status() != 404) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static CommandFailure absent(String thing, String text, String cure) {
        return new CommandFailure(CommandFailure.USAGE, "There is no " + thing + " \"" + text + "\": " + cure + ".");
    }

    private static boolean isId(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    }
}
