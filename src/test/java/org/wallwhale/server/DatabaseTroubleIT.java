package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
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
    /** How long the database's machine is gone, in seconds by {@code chaos.gone}; in the short form until the run is over. */
    private static final Duration GONE = Duration.ofSeconds(
            Long.getLong("chaos.gone", System.getProperty("chaos.form", "short").equals("short") ? 0 : 300));
    /** Everything that meets the trouble tells it once, with its causes; each request would tell it thousands of times. */
    private static final long MOST_LINES = 6_000;
    private static final long MOST_GROWTH = 32 << 20;
    private static final String AWAY = "The database does not answer; what needs it is refused until it does.";
    private static final String INTERRUPTED = "Notifications between instances are interrupted";
    private static final String BACK = "Notifications between instances are back";
    private static final AtomicLong ITEM = new AtomicLong(4_740_000_000L);
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;
    private static RestartablePostgres postgres;
    private static DatabaseLine line;
    private static ServerProcess server;
    private static String key;

    /** What all clients saw; each answer is judged as it comes, because there are hundreds of thousands in the long forms. */
    private static final class Tally {
        final LongAdder answers = new LongAdder();
        final LongAdder refusedSubmits = new LongAdder();
        final LongAccumulator slowestMillis = new LongAccumulator(Math::max, 0);
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
        Tally tally = new Tally();
        CompletableFuture<Void> asked;
        long well;
        try {
            try (AutoCloseable end = trouble.begin(postgres, line)) {
                asked = CompletableFuture.runAsync(() -> askUntil(over, trouble, tally));
                undergo(trouble, asked, heap);
            }
            well = System.nanoTime();
            Wait.until("ready", Wait.goal(5), () -> status("/health/ready") == 200);
            say(trouble, "is over for all", well);
        } finally {
            over.set(true);
        }
        asked.get();
        judge(trouble, tally);
        Wait.until("its end is written", Wait.goal(10), () -> server.get("/downloads/" + id).path("status").textValue().equals("success"));
        say(trouble, "is over for what ran", well);
        JsonNode download = server.get("/downloads/" + id);
        assertThat(download.path("attempt").intValue()).as("one run was enough").isEqualTo(1);
        assertThat(server.answer("GET", "/downloads/" + id + "/logs", null).body()).contains("Archive created");
        assertThat(logged("") - lines).as("lines of the log about " + trouble).isLessThan(MOST_LINES);
        assertThat(Heap.usedBytes(server.pid()) - heap).as("bytes that the heap grew by " + trouble).isLessThan(MOST_GROWTH);
    }

    private static void undergo(DatabaseTrouble trouble, CompletableFuture<Void> asked, long heap) throws Exception {
        long since = System.nanoTime();
        if (trouble.isNoticed) {
            Wait.until("not ready", Wait.goal(5), () -> status("/health/ready") == 503);
            say(trouble, "is noticed", since);
        }
        Wait.until("the tool ended", PATIENCE, () -> server.descendants().isEmpty());
        Wait.until("it was long enough", GONE.plus(PATIENCE),
                () -> trouble != DatabaseTrouble.CUT || asked.isDone() || System.nanoTime() - since > GONE.toNanos());
        long grown = Heap.usedBytes(server.pid()) - heap;
        System.out.println("[database] " + trouble + ": the heap has grown by " + (grown >> 10) + " KiB while all ask");
        assertThat(grown).as("bytes that the heap grew by during " + trouble).isLessThan(MOST_GROWTH);
    }

    @Test
    void whatIsInterruptedIsToldOnceAndItsReturnToo() throws Exception {
        Wait.until("nothing is interrupted", PATIENCE, () -> logged(INTERRUPTED) == logged(BACK));
        long before = logged(BACK);
        long away = logged(AWAY);
        try (AutoCloseable end = DatabaseTrouble.CUT.begin(postgres, line)) {
            Wait.until("not ready", PATIENCE, () -> status("/health/ready") == 503);
            // the pool may be quicker to tell than the pulse
            Wait.until("it is told", PATIENCE, () -> logged(AWAY) > away);
        }
        Wait.until("notifications are back", PATIENCE, () -> logged(BACK) == before + 1);
        assertThat(logged(INTERRUPTED)).isEqualTo(before + 1);
        // one trouble may become another before its end
        Wait.until("the end is told", PATIENCE, () -> logged("The database is well again.") > 0);
    }

    private static void judge(DatabaseTrouble trouble, String what, HttpResponse<String> answer) {
        int status = answer.statusCode();
        assertThat(status).as(() -> what + " by " + trouble + ": " + told(answer.headers().firstValue("X-Request-Id").orElse("?"))).isNotEqualTo(500);
        switch (what) {
            case "live" -> assertThat(status).as("it lives").isEqualTo(200);
            case "mistyped" -> assertThat(status).as("a mistyped key needs no database").isEqualTo(401);
            case "list", "me" -> assertThat(status).as(what).isIn(trouble.isReadable ? List.of(200) : List.of(200, 503));
            case "submit" -> assertThat(status).as("submit").isIn(202, 503);
            default -> assertThat(status).as("login").isIn(200, 429, 503);
        }
        if (status == 503) {
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("\"code\":\"unavailable\"").doesNotContain("jdbc", "postgres", "Exception", "127.0.0.1");
        }
    }

    private static void judge(DatabaseTrouble trouble, Tally tally) {
        assertThat(tally.refusedSubmits.sum()).isPositive();
        System.out.println("[database] " + trouble + ": " + tally.answers + " answers, the slowest after " + tally.slowestMillis + " ms");
        // a database that falls silent is given up after 4.5 s, and who connects at that moment after 3 s more
        assertThat(Duration.ofMillis(tally.slowestMillis.get())).as("the slowest answer").isLessThan(Wait.goal(8));
    }

    private static void askUntil(AtomicBoolean over, DatabaseTrouble trouble, Tally tally) {
        try {
            Crowd.each(Crowd.CLIENTS, number -> {
                String what = List.of("list", "submit", "login", "me", "live", "mistyped").get(number % 6);
                do {
                    long since = System.nanoTime();
                    HttpResponse<String> answer = ask(what);
                    tally.slowestMillis.accumulate(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since));
                    tally.answers.increment();
                    tally.refusedSubmits.add(what.equals("submit") && answer.statusCode() == 503 ? 1 : 0);
                    judge(trouble, what, answer);
                } while (!over.get());
                return null;
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> ask(String what) {
        return switch (what) {
            case "list" -> server.exchange("GET", DOWNLOADS, null, "X-API-Key", key);
            case "submit" -> server.exchange("POST", DOWNLOADS, "{\"urlOrId\":\"" + item(0)
                    + "\",\"accountName\":\"sandbox\",\"startAt\":\"2099-01-01T00:00:00Z\"}", "X-API-Key", key);
            case "login" -> server.exchange("POST", "/api/v1/auth/login", LOGIN);
            case "me" -> server.answer("GET", "/me", null);
            case "live" -> server.exchange("GET", "/health/live", null);
            default -> server.exchange("GET", DOWNLOADS, null, "X-API-Key", key.substring(0, key.length() - 1) + "!");
        };
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

    /** What the log holds of a request, with the trace below it. */
    private static String told(String requestId) {
        try (Stream<String> lines = Files.lines(folder.resolve("server.log"))) {
            return lines.dropWhile(line -> !line.contains(requestId)).limit(200).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
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
