package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.access.SecondUser;
import org.wallwhale.config.Settings;
import org.wallwhale.database.DatabaseConfig;
import org.wallwhale.database.TestPostgres;
import org.wallwhale.database.WallwhaleDataSource;

/** No secret is found where none may be, whatever the server is asked: marked ones are looked for everywhere afterwards. */
class CanaryIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WRONG = "a wrong pässword + \"more\"/less?";
    private static final String NUMBER = "847291036552846";
    private static final String DB_PASSWORD = "the database's pass/word?";
    private final Canary canary = new Canary();
    @TempDir
    private Path folder;
    private ServerProcess server;
    private boolean sawLogin;

    @Test
    void onH2NoSecretIsWhereNoneMayBe() throws Exception {
        run(Map.of());
    }

    @Test
    void onPostgreSqlNoSecretIsWhereNoneMayBe() throws Exception {
        run(Map.of("wallwhale.db.url", TestPostgres.newDatabase(), "wallwhale.db.user", TestPostgres.USER,
                "wallwhale.db.password", DB_PASSWORD));
    }

    private void run(Map<String, String> database) throws Exception {
        Map<String, String> settings = new HashMap<>(database);
        settings.put("wallwhale.data-dir", Files.createDirectories(folder.resolve("data")).toString());
        SecondUser.addTo(settings);
        canary.mark("the administrator's password", ServerProcess.PASSWORD);
        canary.mark("the user's password", SecondUser.PASSWORD);
        canary.mark("a wrong password", WRONG);
        canary.mark("a password that is a number", NUMBER);
        canary.mark("the database's password", DB_PASSWORD);
        Map<String, String> variables = new HashMap<>();
        database.forEach((key, value) -> variables.put(Settings.variable(key), value));
        variables.put("WALLWHALE_ENGINE_DEPOTDOWNLOADER_PATH", OperatorsTool.in(folder));
        variables.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")));
        try (ServerProcess started = ServerProcess.start(folder, ServerProcess.freePort(), variables)) {
            server = started;
            exercise();
        }
        lookAtFiles();
        lookAtTables(new DatabaseConfig(new Settings(key -> Optional.ofNullable(settings.get(key)))));
        assertThat(sawLogin).as("a child that logs in to Steam was looked at").isTrue();
        assertThat(canary.places()).anyMatch(place -> place.startsWith("cmdline")).anyMatch(place -> place.startsWith("environ"))
                .contains("file server.log", "table users", "table audit_entries", "table steam_accounts", "answer 401", "answer 400", "answer 404")
                .noneMatch(place -> place.startsWith("answer 5"));
        assertThat(canary.found()).isEmpty();
    }

    private void exercise() throws Exception {
        JsonNode administrator = login("the administrator", ServerProcess.EMAIL, ServerProcess.PASSWORD);
        JsonNode user = login("the user", SecondUser.EMAIL, SecondUser.PASSWORD);
        String bearer = "Bearer " + administrator.path("accessToken").textValue();
        logInWrongly();
        refresh(user.path("refreshToken").textValue());
        logInByCookie();
        String key = useKeys(bearer);
        sendCredentialsToWrongPlaces(bearer, key);
        download(key);
        new SteamSecrets(canary, (method, address, body) -> ask(method, address, body, "Authorization", bearer).body(),
                this::lookAtChildren).use(folder.resolve("data"));
        for (String address : List.of("/api/v1/admin/audit-logs?limit=200", "/api/v1/admin/audit-logs/export?format=ndjson",
                "/api/v1/admin/audit-logs/export?format=csv", "/api/v1/admin/audit-logs/verification", "/api/v1/admin/api-keys",
                "/health", "/health/ready", "/openapi", "/metrics", "/mp-metrics", "/api/v1/status", "/")) {
            ask("GET", address, null, "Authorization", bearer);
        }
        ask("POST", "/api/v1/auth/logout", null, "Authorization", bearer);
        ask("GET", "/api/v1/downloads", null, "Authorization", bearer);
    }

    private JsonNode login(String whose, String email, String password) throws IOException {
        JsonNode tokens = JSON.readTree(server.exchange("POST", "/api/v1/auth/login", body("email", email, "password", password)).body());
        canary.mark("an access token of " + whose, tokens.path("accessToken").textValue());
        canary.mark("a refresh token of " + whose, tokens.path("refreshToken").textValue());
        return tokens;
    }

    private void logInWrongly() {
        for (String email : List.of(ServerProcess.EMAIL, SecondUser.EMAIL, "nobody@example.org")) {
            ask("POST", "/api/v1/auth/login", body("email", email, "password", WRONG));
            ask("POST", "/api/v1/auth/login", body("email", email, "password", ServerProcess.PASSWORD + WRONG));
        }
        String good = body("email", "nobody@example.org", "password", SecondUser.PASSWORD);
        for (String bad : List.of(good + "x", good.substring(0, good.length() - 2), "[" + good + "]", "{\"email\":" + good + "}",
                body("email", SecondUser.EMAIL, "pasword", SecondUser.PASSWORD), body("password", SecondUser.PASSWORD),
                body("email", SecondUser.EMAIL, "password", SecondUser.PASSWORD, "cookie", SecondUser.PASSWORD),
                body("email", SecondUser.EMAIL, "password", SecondUser.PASSWORD.repeat(50)), good.replace("{", "{\"password\":1,"),
                "\"" + SecondUser.PASSWORD + "\"", SecondUser.PASSWORD, good.replace("\"" + SecondUser.PASSWORD + "\"", NUMBER))) {
            ask("POST", "/api/v1/auth/login", bad);
            ask("POST", "/api/v1/auth/refresh", bad);
        }
        ask("POST", "/api/v1/auth/login", good, "Content-Type", "text/plain");
        ask("PUT", "/api/v1/auth/login", good);
    }

    private void refresh(String first) throws IOException {
        JsonNode next = JSON.readTree(server.exchange("POST", "/api/v1/auth/refresh", body("refreshToken", first)).body());
        canary.mark("a second access token", next.path("accessToken").textValue());
        canary.mark("a second refresh token", next.path("refreshToken").textValue());
        ask("POST", "/api/v1/auth/refresh", body("refreshToken", first));
        ask("POST", "/api/v1/auth/refresh", body("refreshToken", next.path("refreshToken").textValue()));
        ask("POST", "/api/v1/auth/refresh", body("refreshToken", first, "more", first));
        ask("POST", "/api/v1/auth/logout", body("refreshToken", first));
    }

    private void logInByCookie() throws IOException {
        HttpResponse<String> answer = server.exchange("POST", "/api/v1/auth/login",
                "{\"email\":\"" + SecondUser.EMAIL + "\",\"password\":\"" + SecondUser.PASSWORD + "\",\"cookie\":true}");
        List<String> cookies = new ArrayList<>();
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            cookies.add(cookie.substring(0, cookie.indexOf(';')));
            canary.mark("the cookie " + cookie.substring(0, cookie.indexOf('=')), cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));
        }
        assertThat(cookies).hasSize(3);
        canary.mark("a CSRF token", JSON.readTree(answer.body()).path("csrfToken").textValue());
        ask("GET", "/api/v1/downloads", null, "Cookie", String.join("; ", cookies));
        ask("POST", "/api/v1/downloads", "{}", "Cookie", String.join("; ", cookies));
        ask("POST", "/api/v1/auth/logout", null, "Cookie", String.join("; ", cookies));
    }

    private String useKeys(String bearer) throws IOException {
        String keys = "/api/v1/admin/api-keys";
        JsonNode created = JSON.readTree(server.exchange("POST", keys,
                "{\"name\":\"a key\",\"scopes\":[\"download:*\"]}", "Authorization", bearer).body());
        String first = created.path("key").textValue();
        String address = keys + "/" + created.path("apiKey").path("id").textValue();
        JsonNode rotated = JSON.readTree(server.exchange("POST", address + "/rotate", "{\"graceSeconds\":60}", "Authorization", bearer).body());
        String second = rotated.path("key").textValue();
        canary.mark("an API key", first);
        canary.mark("the middle of an API key", first.substring(first.length() - 30));
        canary.mark("a rotated API key", second);
        ask("GET", address, null, "Authorization", bearer);
        for (String key : List.of(first, second, first + "x", first.substring(0, first.length() - 1))) {
            ask("GET", "/api/v1/downloads", null, "X-API-Key", key);
            ask("GET", "/api/v1/admin/api-keys", null, "Authorization", "Bearer " + key);
        }
        ask("POST", keys, body("name", "x", "key", first), "Authorization", bearer);
        ask("POST", keys, "{\"name\":\"x\",\"scopes\":\"" + first + "\"}", "Authorization", bearer);
        return second;
    }

    private void sendCredentialsToWrongPlaces(String bearer, String key) {
        String token = bearer.substring(7);
        String basic = Base64.getEncoder().encodeToString((ServerProcess.EMAIL + ":" + ServerProcess.PASSWORD).getBytes(StandardCharsets.UTF_8));
        for (String address : List.of("/api/v1/downloads", "/api/v1/nothing", "/nothing", "/health")) {
            ask("GET", address + "?access_token=" + token + "&api_key=" + key, null);
            ask("GET", address, null, "Authorization", "Basic " + basic);
            ask("GET", address, null, "Authorization", "Token " + token);
            ask("GET", address, null, "Authorization", bearer + "x", "X-API-Key", key + ".");
            ask("GET", address, null, "Authorization", bearer, "X-API-Key", key);
            ask("GET", address, null, "X-API-Key", token);
            ask("DELETE", address, null, "Authorization", bearer);
        }
        ask("GET", "/api/v1/downloads/" + key, null, "Authorization", bearer);
        ask("POST", "/api/v1/downloads", "{\"urlOrId\":1,\"accountName\":{\"" + key + "\":1}}", "X-API-Key", key);
    }

    private void download(String key) throws IOException {
        JsonNode download = JSON.readTree(ask("POST", "/api/v1/downloads", body("urlOrId", "3000000000", "accountName", "sandbox"),
                "X-API-Key", key).body());
        String address = "/api/v1/downloads/" + download.path("id").textValue();
        server.await("the download ends", Duration.ofMinutes(2), () -> {
            lookAtChildren();
            return ask("GET", address, null, "X-API-Key", key).body().contains("\"success\"");
        });
        ask("GET", address + "/logs", null, "X-API-Key", key);
        ask("GET", address + "/files", null, "X-API-Key", key);
        ask("GET", address + "/files/nothing", null, "X-API-Key", key);
        ask("POST", address + "/cancel", null, "X-API-Key", key);
        ask("GET", address, null);
    }

    /** An answer that may hold no secret, not even that of who asks. */
    private HttpResponse<String> ask(String method, String address, String body, String... headers) {
        HttpResponse<String> answer = server.exchange(method, address, body, headers);
        canary.look("answer " + answer.statusCode(), method + " " + answer.headers().map() + " " + answer.body() + "\n");
        return answer;
    }

    private void lookAtChildren() {
        server.descendants().forEach(this::lookAtProcess);
    }

    private void lookAtProcess(ProcessHandle process) {
        Path of = Path.of("/proc", Long.toString(process.pid()));
        try {
            byte[] cmdline = Files.readAllBytes(of.resolve("cmdline"));
            byte[] environ = Files.readAllBytes(of.resolve("environ"));
            String command = new String(cmdline, StandardCharsets.UTF_8);
            // for a moment a child is the server itself, or what Java starts others by, and has the server's own variables until it starts the
            // other; while it becomes one of these its command is empty
            boolean isItself = !command.isEmpty() && !command.contains("payara-micro.jar") && !command.contains("jspawnhelper");
            if (isItself && Arrays.equals(cmdline, Files.readAllBytes(of.resolve("cmdline")))) {
                canary.look("cmdline " + process.pid(), cmdline);
                canary.look("environ " + process.pid() + " of " + command.replace((char) 0, (char) 32), environ);
                sawLogin |= command.contains(SteamSecrets.LOGIN_NAME);
            }
        } catch (IOException e) {
            // It ended in between.
        }
    }

    /** Everything the server has written but the libraries that it unpacked. */
    private void lookAtFiles() throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(path -> Files.isRegularFile(path) && !path.toString().endsWith(".jar")).toList()) {
                canary.look("file " + folder.relativize(file), Files.readAllBytes(file));
            }
        }
    }

    private void lookAtTables(DatabaseConfig config) throws SQLException {
        try (Connection connection = WallwhaleDataSource.open(config).getConnection(); Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select table_name from information_schema.tables where lower(table_schema) = 'public'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
                    while (rows.next()) {
                        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                            canary.look("table " + table.toLowerCase(Locale.ROOT), String.valueOf(rows.getString(column)));
                        }
                    }
                }
            }
        }
    }

    private static String body(String... membersAndValues) {
        var body = JSON.createObjectNode();
        for (int i = 0; i < membersAndValues.length; i += 2) {
            body.put(membersAndValues[i], membersAndValues[i + 1]);
        }
        return body.toString();
    }
}
