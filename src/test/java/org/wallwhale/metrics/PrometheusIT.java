package org.wallwhale.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;

/** A real Prometheus with the shipped configuration scrapes the server, and knows every name that the shipped expressions ask for. */
class PrometheusIT extends HttpTest {
    private static final Path SHIPPED = Path.of("deploy/prometheus");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** Of the rules and panels: there only with several instances, Steam accounts, keys, or when something goes wrong. */
    private static final Set<String> MAY_BE_EMPTY = Set.of("wallwhale_notifications_listening", "wallwhale_steam_account_logins_left",
            "wallwhale_steam_account_needs_help", "wallwhale_downloads_waiting", "depot_api_key_usage_total");
    /** The label {@code keyId} is known by that name to those who watch older servers. */
    private static final String NAMED_BEFORE = "depot_api_key_usage_total label names should be written in 'snake_case' not 'camelCase'";
    @TempDir
    private static Path folder;
    private static Process prometheus;
    private static String url;

    @BeforeAll
    static void scrape() throws Exception {
        Api.administrator().get("/api/v1/downloads");
        Files.copy(SHIPPED.resolve("alerts.yml"), folder.resolve("alerts.yml"));
        Path config = Files.writeString(folder.resolve("prometheus.yml"), Files.readString(SHIPPED.resolve("prometheus.yml"))
                .replace("127.0.0.1:8080", URI.create(Api.ROOT).getAuthority()).replace("15s", "1s"));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        url = "http://127.0.0.1:" + port;
        prometheus = new ProcessBuilder("prometheus", "--config.file=" + config, "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(prometheus::destroyForcibly));
        await("/api/v1/query?query=" + encoded("count_over_time(up[1m])"), answer -> answer.at("/data/result/0/value/1").asInt() >= 3);
    }

    @AfterAll
    static void end() throws InterruptedException {
        prometheus.destroy();
        prometheus.waitFor(30, TimeUnit.SECONDS);
    }

    @Test
    void theServerIsUp() {
        assertThat(get("/api/v1/query?query=up").at("/data/result/0/value/1").textValue()).isEqualTo("1");
    }

    @Test
    void everyAlertIsEvaluatedWithoutAFaultAndNoneFires() {
        JsonNode rules = await("/api/v1/rules", answer -> answer.at("/data/groups/0/rules").size() > 0
                && answer.at("/data/groups/0/rules").findValuesAsText("health").stream().noneMatch("unknown"::equals))
                .at("/data/groups/0/rules");
        assertThat(rules.findValuesAsText("health")).containsOnly("ok");
        assertThat(rules.findValuesAsText("state")).doesNotContain("firing");
        rules.forEach(rule -> knows(rule.get("query").textValue()));
    }

    @Test
    void everyPanelOfTheDashboardShowsSomething() throws IOException {
        List<String> expressions = JSON.readTree(Files.readString(Path.of("deploy/grafana/wallwhale.json"))).findValuesAsText("expr");
        assertThat(expressions).hasSizeGreaterThan(20).allSatisfy(expression -> {
            knows(expression);
            if (MAY_BE_EMPTY.stream().noneMatch(expression::contains)) {
                assertThat(result(expression)).as(expression).isNotEmpty();
            }
        });
    }

    @Test
    void promtoolFindsNothingToMend() throws Exception {
        Path metrics = Files.writeString(folder.resolve("metrics"), Api.anonymous().get("/metrics").text());
        Path log = folder.resolve("promtool");
        Process promtool = new ProcessBuilder("promtool", "check", "metrics").redirectInput(metrics.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(log).stream().distinct()).isSubsetOf(NAMED_BEFORE);
    }

    /** A misspelt name gives an empty answer, and no fault: so each name is asked for by itself. */
    private static void knows(String expression) {
        Pattern.compile("\\b(wallwhale|depot|jvm|process)_\\w+").matcher(expression).results().map(found -> found.group())
                .filter(name -> !MAY_BE_EMPTY.contains(name)).forEach(name -> assertThat(result(name)).as(name).isNotEmpty());
    }

    private static JsonNode result(String expression) {
        JsonNode answer = get("/api/v1/query?query=" + encoded(expression));
        assertThat(answer.path("status").textValue()).as(expression + ": " + answer).isEqualTo("success");
        return answer.at("/data/result");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode await(String path, Predicate<JsonNode> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            JsonNode answer = get(path);
            if (wanted.test(answer)) {
                return answer;
            }
            assertThat(System.nanoTime()).as(path + ": " + answer).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    /** Missing while nobody answers. */
    private static JsonNode get(String path) {
        try {
            return JSON.readTree(HTTP.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return JSON.missingNode();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
