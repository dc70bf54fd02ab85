package org.wallwhale.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Submits a new item ten times a second, and believes only a 202 that it has read. */
final class Submitter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NANOS = Duration.ofMinutes(5).toNanos();
    /** Most work at once, some need a second run, take long or are large, and one kind fails for good. */
    private static final List<Integer> SCENARIOS = List.of(0, 8, 8, 8, 8, 8, 8, 62, 6, 6, 3, 2, 20);
    private static final int FAILS = 20;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String root;
    private final String key;
    private final Random random;
    private final Map<String, String> accepted = new ConcurrentHashMap<>();
    private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean refused;
    private int submitted;

    Submitter(String root, String key, Random random) {
        this.root = root;
        this.key = key;
        this.random = random;
    }

    /** A submit that was not accepted, as far as the client knows: when it was sent, when that was known, and what was said. */
    record Refusal(String requestId, long from, long to, String answer) { }

    /** Returns when {@code count} more were accepted. */
    void submit(int count) {
        int goal = accepted.size() + count;
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (accepted.size() < goal) {
            if (accepted.size() + waiting.get() < goal) {
                send();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(accepted.size() + " of " + goal + " accepted; refused were " + refusals);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(refused ? 500 : 100));
        }
    }

    /** The item of each accepted download, by the download's id. */
    Map<String, String> accepted() {
        return accepted;
    }

    List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    /** How many there were of each kind. */
    Map<String, Long> refusalsByAnswer() {
        return refusals.stream().collect(Collectors.groupingBy(Refusal::answer, TreeMap::new, Collectors.counting()));
    }

    /** The state that a download of this item ends in, however it is disturbed. */
    static String endOf(String item) {
        return Integer.parseInt(item.substring(item.length() - 2)) == FAILS ? "FAILED" : "SUCCESS";
    }

    private void send() {
        String item = String.valueOf(8_000_000_000L + 100L * submitted++ + SCENARIOS.get(random.nextInt(SCENARIOS.size())));
        HttpRequest request = HttpRequest.newBuilder(URI.create(root + "/api/v1/downloads")).timeout(Duration.ofSeconds(60))
                .header("X-Request-Id", item).header("X-API-Key", key).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"urlOrId\":\"" + item + "\",\"accountName\":\"sandbox\"}")).build();
        long from = System.currentTimeMillis();
        waiting.incrementAndGet();
        http.sendAsync(request, BodyHandlers.ofString()).whenComplete((answer, failure) -> {
            note(item, from, answer, failure);
            waiting.decrementAndGet();
        });
    }

    private void note(String item, long from, HttpResponse<String> answer, Throwable failure) {
        refused = answer == null || answer.statusCode() != 202;
        if (refused) {
            refusals.add(new Refusal(item, from, System.currentTimeMillis(), answer == null ? failure.toString() : told(answer)));
        } else {
            accepted.put(json(answer.body()).get("id").textValue(), item);
        }
    }

    private static String told(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 500 -> "500 " + answer.body();
            case 503 -> answer.headers().firstValue("Retry-After").isEmpty() ? "503 without Retry-After" : "503";
            default -> String.valueOf(answer.statusCode());
        };
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + text, e);
        }
    }
}
