package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wallwhale.Api;

/**
 * Servers that are killed and stopped while they work, and their database too: whatever was accepted ends as it should, once. The
 * plan follows from a seed that is told at the start; to repeat it is to try the same again, not to have the same happen.
 */
class ChaosIT {
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);
    private static final String FORM = System.getProperty("chaos.form", "short");
    private static final Duration STUCK_AFTER = Duration.ofMinutes(3);
    /** For each cluster its figures by their names. */
    private static final List<Map<String, String>> TABLE = new ArrayList<>();

    static List<Drill> drills() {
        return Drill.of(FORM).stream().filter(drill -> drill.name().matches(System.getProperty("chaos.only", ".*"))).toList();
    }

    @BeforeAll
    static void tellTheSeed() {
        say("the " + FORM + " form; to repeat it: -Dchaos.form=" + FORM + " -Dchaos.seed=" + SEED);
    }

    @ParameterizedTest
    @MethodSource("drills")
    void whatWasAcceptedEndsOnceAndNothingIsLeft(Drill drill, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        say(drill + " in " + folder);
        Map<String, String> settings = Map.of("WALLWHALE_WORKER_SLOTS", String.valueOf(drill.slots()),
                "WALLWHALE_DOWNLOAD_MAX_ATTEMPTS", String.valueOf(drill.troubles() + 3));
        try (Cluster cluster = Cluster.start(folder, drill.instances(), drill.onPostgres(), settings);
                ProcessWatch watch = ProcessWatch.start(cluster.data())) {
            if (cluster.isOnPostgres()) {
                try (Connection database = cluster.database()) {
                    RowHistory.begin(database);
                }
            }
            String key = cluster.server(0).post("/admin/api-keys", Map.of("name", "chaos", "scopes", List.of("download:*"))).path("key").textValue();
            Submitter submitter = new Submitter(cluster.root(), key, new Random(SEED + 1));
            Striker striker = new Striker(cluster, watch);
            strikeWhileSubmitting(drill, submitter, striker, watch);
            List<Api> clients = IntStream.range(0, cluster.size()).mapToObj(instance -> Api.withKey(key).at(cluster.server(instance).root())).toList();
            awaitEnds(clients.get(0), watch);
            Map<String, List<String>> seen = new TreeMap<>(Map.of("told otherwise", ChaosAudit.contradictions(submitter.accepted(), clients),
                    "turned away", turnedAway(cluster, submitter, striker), "unwell", striker.unwell()));
            cluster.stop();
            demandNoFault(drill, cluster, submitter, striker, watch, seen);
        }
    }

    /** Each trouble meets new downloads on their way in, and others that are fetched. */
    private static void strikeWhileSubmitting(Drill drill, Submitter submitter, Striker striker, ProcessWatch watch) throws Exception {
        List<Trouble> plan = Trouble.plan(drill, new Random(SEED));
        for (int number = 0; number < plan.size(); number++) {
            int share = drill.downloads() * (number + 1) / plan.size() - submitter.accepted().size();
            CompletableFuture<Void> submits = CompletableFuture.runAsync(() -> submitter.submit(share));
            say(drill.name() + " " + (number + 1) + "/" + plan.size() + ": " + plan.get(number) + "; " + submitter.accepted().size() + " of "
                    + drill.downloads() + " accepted, " + watch.runs() + " runs");
            striker.strike(plan.get(number));
            submits.get(5, TimeUnit.MINUTES);
        }
    }

    private static void awaitEnds(Api client, ProcessWatch watch) {
        int live = live(client);
        for (int before = live + 1; live > 0 && live < before; ) {
            before = live;
            int last = live;
            say(live + " still to end, " + watch.runs() + " runs");
            Wait.comesTrue(STUCK_AFTER, () -> live(client) <= last * 3 / 4);
            live = live(client);
        }
    }

    /**
     * Asked in one question: between two, a download that is taken over goes from running to queued and is seen in neither. A server
     * that has no database at the moment tells nothing, which is not that there are none.
     */
    private static int live(Api client) {
        AtomicInteger total = new AtomicInteger(-1);
        Wait.until("it tells how many have not ended", STUCK_AFTER, () -> {
            total.set(client.get(Api.DOWNLOADS + "?limit=1&status=queued,running").json().at("/pagination/total").asInt(-1));
            return total.get() >= 0;
        });
        return total.get();
    }

    /** Submits that failed although the database was there and no instance had them that was struck then, or with a wrong answer. */
    private static List<String> turnedAway(Cluster cluster, Submitter submitter, Striker striker) {
        return submitter.refusals().stream().filter(refusal -> !refusal.answer().equals("503")).filter(refusal -> refusal.answer().matches("(?s)404|500.*|503 without.*")
                || striker.done().stream().filter(trouble -> trouble.overlaps(refusal.from(), refusal.to())).noneMatch(trouble ->
                        trouble.isOfDatabase() || cluster.asked(refusal.requestId()).contains(trouble.instance())))
                .map(Object::toString).toList();
    }

    private static void demandNoFault(Drill drill, Cluster cluster, Submitter submitter, Striker striker, ProcessWatch watch,
            Map<String, List<String>> seen) throws Exception {
        Rows rows;
        List<String> late = List.of();
        try (Connection database = cluster.database()) {
            rows = Rows.read(database);
            if (cluster.isOnPostgres()) {
                late = RowHistory.forbidden(database);
            }
        }
        ChaosAudit audit = new ChaosAudit(submitter.accepted(), striker.done(), rows, cluster.data(), Wait.goal(2));
        Map<String, List<String>> faults = audit.faults();
        faults.get("overlaps").addAll(watch.overlaps());
        faults.get("left").addAll(watch.left());
        faults.put("orphans", striker.orphans());
        faults.put("late writes", late);
        faults.putAll(seen);
        say(drill.name() + ": not accepted were " + submitter.refusalsByAnswer() + "; " + striker.inTransaction() + " stops met a transaction");
        TABLE.add(row(drill, submitter.accepted().size(), audit, faults));
        assertThat(audit.cut()).as("what the drill struck at work").isNotEmpty();
        assertThat(faults).allSatisfy((kind, found) -> assertThat(found).as(kind).isEmpty());
    }

    private static Map<String, String> row(Drill drill, int accepted, ChaosAudit audit, Map<String, List<String>> faults) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("cluster", drill.name());
        row.put("accepted", String.valueOf(accepted));
        row.put("unknown", String.valueOf(audit.unknown()));
        row.put("cut", String.valueOf(audit.cut().size()));
        row.put("take-over s", String.valueOf(audit.longestTakeOverMillis() / 1000.0));
        row.put("settling s", String.valueOf(audit.longestSettlingMillis() / 1000.0));
        faults.forEach((kind, found) -> row.put(kind, String.valueOf(found.size())));
        return row;
    }

    @AfterAll
    static void showTheTable() {
        say("the " + FORM + " form, seed " + SEED);
        List<String> columns = TABLE.stream().findFirst().map(row -> List.copyOf(row.keySet())).orElse(List.of());
        columns.forEach(column -> say("%-15s".formatted(column) + TABLE.stream().map(row -> "%12s".formatted(row.get(column)))
                .collect(Collectors.joining())));
    }

    private static void say(String line) {
        System.out.println("[chaos] " + line);
    }
}
