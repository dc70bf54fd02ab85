package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Operation;
import org.wallwhale.Problems;
import org.wallwhale.ServerUnderTest;

/** What is sent as text stays text: for the database, the child's command line, other servers, the log and the streams. */
class InjectionIT extends HttpTest {
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static final Set<String> OPTIONS = Set.of("-app", "-pubfile", "-dir", "-max-downloads", "-username", "-remember-password", "-loginid");
    private final Api user = Api.secondUser();
    private final Api administrator = Api.administrator();

    @ParameterizedTest
    @ValueSource(strings = {"' or 1=1 --", "' or '1'='1", "\" or \"\"=\"", "%", "_", "!", "\\", "') union select null --", "x'; drop table downloads; --",
        "[a-z]", "$$", "?1", ":item"})
    void aFilterIsOnlyText(String text) {
        String id = user.submit(later("4400000101")).get("id").textValue();
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        for (String query : List.of("q=", "pubfileId=")) {
            assertThat(user.get(DOWNLOADS + "?" + query + encoded).json().get("downloads")).as(query).isEmpty();
        }
        assertThat(administrator.get("/api/v1/admin/users?q=" + encoded).json().get("users")).isEmpty();
        assertThat(administrator.get("/api/v1/admin/audit-logs?action=" + encoded).json().get("auditLogs")).isEmpty();
        assertThat(administrator.get("/api/v1/admin/audit-logs?action=" + encoded + ".*").json().get("auditLogs")).isEmpty();
        Problems.demand(user.get(DOWNLOADS + "?sort=" + encoded), 400, "invalid");
        Problems.demand(user.get(DOWNLOADS + "?status=" + encoded), 400, "invalid");
        assertThat(user.get(DOWNLOADS + "?q=440000010").json().findValuesAsText("id")).as("all of it is still there").contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-username", "--help", "3000000000 -dir /tmp", "3000000000;id", "$(id)", "`id`", "3000000000\n-all-platforms", "|id",
        "-3000000000", "3000000000\t-validate", "'3000000000'"})
    void whatCouldBeAnOptionOrACommandIsNoItem(String text) {
        Problems.demand(user.post(DOWNLOADS, Api.object().put("urlOrId", text).put("accountName", "sandbox")), 400, "invalid");
    }

    @Test
    void theToolIsToldKnownOptionsAndNothingThatTheCallerWrote() throws IOException {
        Api key = Api.withKey(administrator.createKey("test", "download:*"));
        String id = key.submit(Api.object().put("urlOrId", "4400000103").put("accountName", "-password x").put("saveRoot", "-manifest")).get("id").textValue();
        key.await(id, download -> download.get("status").textValue().equals("running") && !toolArguments("4400000103").isEmpty());
        List<String> arguments = toolArguments("4400000103");
        key.post(DOWNLOADS + "/" + id + "/cancel", "");
        assertThat(arguments).isNotEmpty().doesNotContain("-password x", "-password", "-manifest");
        assertThat(arguments.stream().filter(argument -> argument.startsWith("-"))).isSubsetOf(OPTIONS);
    }

    @Test
    void noServerThatTheCallerNamesIsAsked() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = listener.getLocalPort();
            for (String address : List.of("http://127.0.0.1:%d/?id=3000000000", "http://[::1]:%d/?id=3000000000", "http://0x7f.1:%d/?id=1",
                    "http://2130706433:%d/?id=1", "http://localhost:%d/sharedfiles/filedetails/?id=3000000000", "//127.0.0.1:%d/?id=1",
                    "https://steamcommunity.com@127.0.0.1:%d/sharedfiles/filedetails/?id=3000000000",
                    "https://127.0.0.1:%d#@steamcommunity.com/sharedfiles/filedetails/?id=3000000000",
                    "https://steamcommunity.com:%d/sharedfiles/filedetails/?id=3000000000", "gopher://127.0.0.1:%d/_id=1",
                    "https://127.0.0.1:%d\\@steamcommunity.com/sharedfiles/filedetails/?id=3000000000", "jar:http://127.0.0.1:%d/!/?id=1",
                    "http://169.254.169.254/latest/meta-data/?id=%d", "file:///etc/passwd?id=%d", "ftp://127.0.0.1:%d/?id=1")) {
                Problems.demand(user.post(DOWNLOADS, Api.object().put("urlOrId", address.formatted(port)).put("accountName", "sandbox")), 400, "invalid");
            }
            listener.setSoTimeout(1);
            assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** Written into the database it could never be answered in UTF-8 again. */
    @Test
    void halfACharacterIsRefusedWhereverTextIsTaken() {
        SoftAssertions.assertSoftly(softly -> Operation.all().stream().filter(operation -> operation.body() != null).forEach(operation -> {
            ObjectNode body = operation.body();
            body.fieldNames().forEachRemaining(member -> {
                if (body.get(member).isTextual()) {
                    String sent = body.deepCopy().put(member, "HALF").toString().replace("HALF", "a text\\ud83d@that.is.long.enough");
                    Answer answer = administrator.send(operation.method(), operation.address(Map.of()),
                            BodyPublishers.ofString(sent), "Content-Type", "application/json");
                    softly.assertThat(answer.status()).as(operation + " " + member + " " + answer.text()).isEqualTo(400);
                }
            });
        }));
        for (String body : List.of("{\"name\":\"k\",\"scopes\":[\"download:read\"],\"meta\":{\"a\":[\"\\udc0b\"]}}",
                "{\"name\":\"k\",\"scopes\":[\"download:read\"],\"meta\":{\"\\ud83d\":1}}", "{\"name\":\"\\ud83d\",\"scopes\":[\"download:read\"]}")) {
            Problems.demand(administrator.post(KEYS, body), 400, "malformed");
        }
        Problems.demand(user.post(DOWNLOADS, "{\"urlOrId\":\"3000000000\",\"accountName\":\"\\ud83d\"}"), 400, "malformed");
        assertThat(administrator.get("/api/v1/admin/audit-logs").status()).isEqualTo(200);
    }

    @Test
    void nothingThatIsSentBeginsALineOfTheLogOrOfAStream() throws IOException {
        String forged = "forged-" + UUID.randomUUID().toString().substring(0, 8);
        String text = "a\r\n" + forged + "\n\ndata: " + forged + "\n\u001b[31m" + forged + "\u2028${jndi:ldap://127.0.0.1:9/a}\u0085" + forged;
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        Api.anonymous().login(text, text);
        administrator.post(KEYS, key(text));
        administrator.post("/api/v1/admin/users", Api.object().put("email", text + "@example.org"));
        for (String path : List.of("/" + encoded, DOWNLOADS + "/" + encoded, DOWNLOADS + "?q=" + encoded, DOWNLOADS + "?" + encoded + "=1")) {
            user.get(path, "User-Agent", "${jndi:ldap://127.0.0.1:9/" + forged + "}", "X-Request-Id", "${jndi:" + forged + "}");
        }
        String id = user.submit(later("4400000102").put("accountName", text.substring(0, 60)).put("saveRoot", text)).get("id").textValue();
        user.post(DOWNLOADS + "/" + id + "/cancel", "");
        String stream = user.get(DOWNLOADS + "/" + id + "/logs").text();
        assertThat(stream).contains(forged);
        assertThat(stream.lines()).allMatch(line -> line.isEmpty() || line.matches("(retry|id|event|data):.*|:.*"))
                .noneMatch(line -> line.startsWith("data: " + forged));
        assertThat(user.get(DOWNLOADS + "/" + id + "/events").text().lines()).noneMatch(line -> line.startsWith("data: " + forged));
        try (Stream<Path> files = Files.list(ServerUnderTest.data().getParent())) {
            List<Path> logs = files.filter(file -> file.getFileName().toString().startsWith("server.log")).toList();
            assertThat(logs).isNotEmpty();
            for (Path log : logs) {
                assertThat(Files.readAllLines(log)).noneMatch(line -> line.startsWith(forged) || line.startsWith("data: ")
                        || line.startsWith("\u001b[31m"));
            }
        }
    }

    /** Empty while there is no such child: what follows the program in its command line. */
    private static List<String> toolArguments(String item) {
        return ProcessHandle.current().descendants().map(InjectionIT::commandLine).flatMap(Optional::stream)
                .filter(words -> words.contains("-pubfile") && words.contains(item)).findFirst()
                .map(words -> words.subList(words.indexOf("-app"), words.size())).orElse(List.of());
    }

    private static Optional<List<String>> commandLine(ProcessHandle process) {
        try {
            return Optional.of(List.of(Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline")).split("\0")));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static ObjectNode later(String item) {
        return Api.object().put("urlOrId", item).put("accountName", "sandbox").put("startAt", "2099-01-01T00:00:00Z");
    }

    private static JsonNode key(String name) {
        ObjectNode key = Api.object().put("name", name);
        key.putArray("scopes").add("download:read");
        return key;
    }
}
