package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.wallwhale.cli.ServerClient.Found;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;
import picocli.CommandLine.Mixin;

/** A command that asks a running server: with the key in WALLWHALE_API_KEY, else with what {@code login} has saved. */
abstract class ServerCommand implements Callable<Integer> {
    static final String DOWNLOADS = "/api/v1/downloads";
    private static final Pattern KEY = Pattern.compile("ww_(live|test)_[0-9A-Za-z]{36}");
    static final int PAGE = 200;
    @Mixin
    Terminal terminal;

    @Override
    public final Integer call() {
        return ask(connect(LocalSettings.read()).saying(terminal::note));
    }

    /** Returns the exit code. */
    abstract int ask(ServerClient server);

    /** A saved login goes to the server that it is of, and to no other. */
    static ServerClient connect(Settings settings) {
        if (settings.text("wallwhale.api-key").isPresent()) {
            return ServerClient.of(settings).withKey(key(settings));
        }
        LoginFile file = LoginFile.of(settings);
        SavedLogin login = file.read().orElseThrow(() -> new CommandFailure(CommandFailure.SETTINGS, "You are not logged in: run "
                + "`wallwhale login`, or set WALLWHALE_API_KEY to an API key (and WALLWHALE_URL to the server's address)."));
        ServerClient server = ServerClient.at(login.url(), settings);
        if (settings.text("wallwhale.url").isPresent() && !ServerClient.of(settings).url().equals(login.url())) {
            throw new CommandFailure(CommandFailure.SETTINGS, "You are logged in at " + login.url() + ", but WALLWHALE_URL names another "
                    + "server: run `wallwhale login` there, or unset it.");
        }
        return login.isSession() ? server.with(new LoginSession(file, login, server)) : server.withKey(Secret.of(login.apiKey()));
    }

    private static Secret key(Settings settings) {
        return demandKey(settings.secret("wallwhale.api-key").orElseThrow(), "WALLWHALE_API_KEY holds");
    }

    /** {@code where} begins the sentence that says that it is none. */
    static Secret demandKey(Secret key, String where) {
        if (!KEY.matcher(key.reveal()).matches()) {
            throw new CommandFailure(CommandFailure.SETTINGS, where + " no API key: one looks like ww_live_ and 36 letters and digits; "
                    + "copy it anew, or have an administrator make another one with `wallwhale key create`.");
        }
        return key;
    }

    /** The elements of all pages of a list, {@code most} at most. {@code path} ends with a query or without. */
    static List<JsonNode> pages(ServerClient server, String path, String member, int most) {
        List<JsonNode> found = new ArrayList<>();
        String more = "offset=0";
        String asked;
        do {
            asked = more;
            JsonNode page = server.get(path + (path.contains("?") ? "&" : "?") + "limit=" + Math.min(PAGE, most - found.size()) + "&" + more);
            page.path(member).forEach(found::add);
            JsonNode pagination = page.path("pagination");
            more = !pagination.path("hasMore").asBoolean() || page.path(member).isEmpty() ? null
                    : pagination.path("nextCursor").isTextual() ? "after=" + encoded(pagination.path("nextCursor").asText())
                    : "offset=" + found.size();
        } while (more != null && !more.equals(asked) && found.size() < most);
        return found;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** To be appended to a query; empty where nothing is asked for. */
    static String filter(String name, String value) {
        return value == null ? "" : "&" + name + "=" + encoded(value);
    }

    /**
     * The members of an object a line each, by their names in the API, those of an object in it behind a dot; what is null is left out, as are
     * addresses, which are for programs.
     */
    void show(JsonNode object) {
        Map<String, String> lines = new LinkedHashMap<>();
        collect("", object, lines);
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        lines.forEach((name, text) -> terminal.say(name + " ".repeat(width - name.length() + 2) + text));
        terminal.value(object);
    }

    /** Says what became of what was found; programs are told its id, and the same as {@code word}. Returns the exit code. */
    int ended(Found found, String word, String sentence) {
        terminal.say(sentence);
        terminal.value(Map.of("id", found.body().path("id").asText(), word, true));
        return 0;
    }

    private static void collect(String above, JsonNode object, Map<String, String> lines) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (member.getValue().isObject() && !member.getKey().equals("links")) {
                collect(above + member.getKey() + ".", member.getValue(), lines);
            } else if (!member.getValue().isObject() && !cell(member.getValue()).equals("-")) {
                lines.put(above + member.getKey(), cell(member.getValue()));
            }
        }
    }

    /** A table with a column for each of {@code members}, by the names in the API. */
    void table(List<JsonNode> rows, String... members) {
        terminal.table(List.of(members), rows.stream().map(row -> List.of(members).stream().map(member -> cell(row.path(member)))
                .toList()).toList());
        terminal.value(rows);
    }

    static String cell(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "-";
        }
        if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(part -> parts.add(part.isValueNode() ? part.asText() : part.toString()));
            return parts.isEmpty() ? "-" : String.join(",", parts);
        }
        return value.isValueNode() ? value.asText() : value.isEmpty() ? "-" : value.toString();
    }
}
