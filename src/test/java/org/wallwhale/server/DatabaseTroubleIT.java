package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wallwhale.database.DatabaseLine;
import org.wallwhale.database.TestPostgres;

/**
 * Whatever the database does: nobody waits for it, nobody is told what is not so, what runs goes on, and its end is written once that
 * can be done. How long things take is told; {@link Wait#goal} says how strictly it is judged.
 */
class DatabaseTroubleIT {
    private static final String DOWNLOADS = "/api/v1/downloads";
    private static final String EMAIL = "guest@example.org";
    private static final String PASSWORD = "teapot lantern gravel sixty";
    private static final String LOGIN = "{\"email\":\"" + EMAIL + "\",\"password\":\"" + PASSWORD + "\"}";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** How long the database's machine is gone; in the short form until the run is over. */
    private static final Duration GONE = System.getProperty("chaos.form", "short").equals("short") ? Duration.ZERO : Duration.ofMinutes(5);
    /** Everything that meets the trouble tells it once, with its causes; each request would tell it thousands of times. */
    private static final long MOST_LINES = 6_000;
    private static final long MOST_GROWTH = 32 << 20;
    private static final String INTERRUPTED = "Notifications between instances are interrupted";
    private static final String BACK = "Notifications between instances are back";
    private static final AtomicLong ITEM = new AtomicLong(4_740_000_000L);
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;
    private static RestartablePostgres postgres;
    private static DatabaseLine line;
    private static ServerProcess server;
    private static String key;

    /** One request and its answer. */
    private record Asked(String what, HttpResponse<String> answer, long millis) {
    }

    @BeforeAll
    static void start() throws Exception {
        postgres = RestartablePostgres.start(folder.resolve("postgres"));
        line = new DatabaseLine(postgres.port());
        server = ServerProcess.start(folder, ServerProcess.freePort(), Map.of("WALLWHALE_DB_USER", TestPostgres.USER,
                "WALLWHALE_DB_URL", "jdbc:postgresql://127.0.0.1:" + line.port() + "/postgres", "WALLWHALE_QUOTA_RATE_LIMIT", "0"));
        // somebody else, because so many logins end the oldest sessions of their user
        server.post("/admin/users", Map.of("email", EMAIL, "role", "user", "isActive", true, "password", PASSWORD));
        key = server.post("/admin/api-keys", Map.of("name", "k", "scopes", List.of("download:*"))).path("key").textValue();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        line.close();
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyWaitsForItAndWhatRunsEndsAfterwards(DatabaseTrouble trouble) throws Exception {
        String id = server.post("/downloads", Map.of("urlOrId", item(2), "accountName", "sandbox")).path("id").textValue();
        Wait.until("it is fetched", PATIENCE, () -> server.get("/downloads/" + id).path("phase").textValue().equals("downloading"));
        long lines = logged("");
        long heap = Heap.usedBytes(server.pid());
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<List<Asked>> asked;
        long since = System.nanoTime();
        try (AutoCloseable end = trouble.begin(postgres, line)) {
            asked = CompletableFuture.supplyAsync(() -> askUntil(over));
            if (trouble.isNoticed) {
                Wait.until("not ready", Wait.goal(5), () -> status("/health/ready") == 503);
                say(trouble, "is noticed", since);
            }
            Wait.until("the tool ended", PATIENCE, () -> server.descendants().isEmpty());
            Wait.until("it was long enough", GONE.plus(PATIENCE), () -> trouble != DatabaseTrouble.CUT || System.nanoTime() - since > GONE.toNanos());
        }
        long well = System.nanoTime();
        Wait.until("ready", Wait.goal(5), () -> status("/health/ready") == 200);
        say(trouble, "is over for all", well);
        over.set(true);
        judge(trouble, asked.get());
        Wait.until("its end is written", Wait.goal(10), () -> server.get("/downloads/" + id).path("status").textValue().equals("success"));
        say(trouble, "is over for what ran", well);
        JsonNode download = server.get("/downloads/" + id);
        assertThat(download.path("attempt").intValue()).as("one run was enough").isEqualTo(1);
        assertThat(server.answer("GET", "/downloads/" + id + "/logs", null).body()).contains("Archive created");
        assertThat(logged("") - lines).as("lines of the log about " + trouble).isLessThan(MOST_LINES);
        assertThat(Heap.usedBytes(server.pid()) - heap).as("bytes that the heap grew by " + trouble).isLessThan(MOST_GROWTH);
    }

    @Test
    void whatIsInterruptedIsToldOnceAndItsReturnToo() throws Exception {
        Wait.until("nothing is interrupted", PATIENCE, () -> logged(INTERRUPTED) == logged(BACK));
        long before = logged(BACK);
        try (AutoCloseable end = DatabaseTrouble.CUT.begin(postgres, line)) {
            Wait.until("not ready", PATIENCE, () -> status("/health/ready") == 503);
        }
        Wait.until("notifications are back", PATIENCE, () -> logged(BACK) == before + 1);
        assertThat(logged(INTERRUPTED)).isEqualTo(before + 1);
        // one trouble may become another before its end
        Wait.until("the end is told", PATIENCE, () -> logged("The database is well again.") > 0);
    }

    private static void judge(DatabaseTrouble trouble, List<Asked> all) {
        assertThat(all).allSatisfy(asked -> {
            int status = asked.answer().statusCode();
            switch (asked.what()) {
                case "live" -> assertThat(status).as("it lives").isEqualTo(200);
                case "mistyped" -> assertThat(status).as("a mistyped key needs no database").isEqualTo(401);
                case "list", "me" -> assertThat(status).as(asked.what()).isIn(trouble.isReadable ? List.of(200) : List.of(200, 503));
                case "submit" -> assertThat(status).as("submit").isIn(202, 503);
                default -> assertThat(status).as("login").isIn(200, 429, 503);
            }
            if (status == 503) {
                assertThat(asked.answer().headers().firstValue("Retry-After")).isPresent();
                assertThat(asked.answer().body()).contains("\"code\":\"unavailable\"").doesNotContain("jdbc", "postgres", "Exception", "127.0.0.1");
            }
        });
        assertThat(all.stream().filter(asked -> asked.what().equals("submit") && asked.answer().statusCode() == 503)).isNotEmpty();
        long longest = all.stream().mapToLong(Asked::millis).max().orElseThrow();
        System.out.println("[database] " + trouble + ": " + all.size() + " answers, the slowest after " + longest + " ms");
        // a database that falls silent is given up after 4.5 s, and who connects at that moment after 3 s more
        assertThat(Duration.ofMillis(longest)).as("the slowest answer").isLessThan(Wait.goal(8));
    }

    private static List<Asked> askUntil(AtomicBoolean over) {
        try {
            return Crowd.each(Crowd.CLIENTS, number -> {
                List<Asked> all = new ArrayList<>();
                do {
                    all.add(ask(List.of("list", "submit", "login", "me", "live", "mistyped").get(number % 6)));
                } while (!over.get());
                return all;
            }).stream().flatMap(List::stream).toList();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Asked ask(String what) {
        long since = System.nanoTime();
        HttpResponse<String> answer = switch (what) {
            case "list" -> server.exchange("GET", DOWNLOADS, null, "X-API-Key", key);
            case "submit" -> server.exchange("POST", DOWNLOADS, "{\"urlOrId\":\"" + item(0)
                    + "\",\"accountName\":\"sandbox\",\"startAt\":\"2099-01-01T00:00:00Z\"}", "X-API-Key", key);
            case "login" -> server.exchange("POST", "/api/v1/auth/login", LOGIN);
            case "me" -> server.answer("GET", "/me", null);
            case "live" -> server.exchange("GET", "/health/live", null);
            default -> server.exchange("GET", DOWNLOADS, null, "X-API-Key", key.substring(0, key.length() - 1) + "!");
        };
        return new Asked(what, answer, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since));
    }

    private static String item(int scenario) {
        return String.valueOf(ITEM.addAndGet(100) + scenario);
    }

    /** 0 without an answer: the client's kept connection may have been closed while nobody used it. */
    private static int status(String address) {
        try {
            return server.exchange("GET", address, null).statusCode();
        } catch (IllegalStateException e) {
            return 0;
        }
    }

    private static void say(DatabaseTrouble trouble, String what, long since) {
        System.out.println("[database] " + trouble + " " + what + " after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since) + " ms");
    }

    /** Lines of the log that hold {@code text}. */
    private static long logged(String text) {
        try (Stream<String> lines = Files.lines(folder.resolve("server.log"))) {
            return lines.filter(each -> each.contains(text)).count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
