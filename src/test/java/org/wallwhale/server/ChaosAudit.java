package org.wallwhale.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wallwhale.Api;
import org.wallwhale.sandbox.ExpectedItem;

/** Holds what clients were told against the rows, the sandbox's journals, the disk and the table of processes. */
final class ChaosAudit {
    private static final Set<String> ENDS = Set.of("SUCCESS", "FAILED", "CANCELED");
    private final Map<String, List<String>> faults = new LinkedHashMap<>();
    private final Map<String, String> accepted;
    private final List<Disturbance> disturbances;
    private final Rows rows;
    private final List<JournalRun> runs;
    private final Path data;
    private final long settledMillis;

    /** @param settledWithin what ended this long before its server was stopped must be settled: judged, moved, committed */
    ChaosAudit(Map<String, String> accepted, List<Disturbance> disturbances, Rows rows, Path data, Duration settledWithin)
            throws IOException {
        settledMillis = settledWithin.toMillis();
        this.accepted = accepted;
        this.disturbances = disturbances;
        this.rows = rows;
        this.data = data;
        runs = JournalRun.in(data).stream().sorted(Comparator.comparingLong(run -> run.name().fence())).toList();
        List.of("lost", "stuck", "wrong end", "overlaps", "repeated", "phantom", "history", "left").forEach(kind -> faults.put(kind, new ArrayList<>()));
    }

    /** Faults by kind, every kind that was looked for. */
    Map<String, List<String>> faults() throws IOException {
        Set<String> ids = rows.downloads().stream().map(Rows.Download::id).collect(Collectors.toSet());
        accepted.keySet().stream().filter(id -> !ids.contains(id)).forEach(id -> fault("lost", id));
        for (Rows.Download download : rows.downloads()) {
            demandEnd(download);
            demandHistory(download);
            demandRunsOneAfterTheOther(download);
        }
        demandNothingLeft();
        return faults;
    }

    /** What the API says of each accepted download, which must be what a client waits for. */
    static List<String> contradictions(Map<String, String> accepted, List<Api> clients) {
        List<String> found = new ArrayList<>();
        Iterator<Api> turns = Stream.generate(() -> clients).flatMap(List::stream).iterator();
        accepted.forEach((id, item) -> {
            Api client = turns.next();
            Api.Answer answer = client.get(Api.DOWNLOADS + "/" + id);
            String status = answer.status() == 200 ? answer.json().get("status").textValue().toUpperCase(Locale.ROOT) : String.valueOf(answer.status());
            boolean served = client.head(Api.DOWNLOADS + "/" + id + "/zip").status() == 200;
            if (!status.equals(Submitter.endOf(item)) || served != status.equals("SUCCESS")) {
                found.add(id + " of item " + item + " is " + status + (served ? ", with a zip" : ", without a zip"));
            }
        });
        return found;
    }

    /** Attempts that the death or sleep of their server ended. */
    List<Rows.Attempt> cut() {
        return rows.attempts().stream().filter(attempt -> "interrupted".equals(attempt.outcome())).toList();
    }

    /** Rows of submits that no 202 was read for. */
    long unknown() {
        return rows.downloads().stream().filter(download -> !accepted.containsKey(download.id())).count();
    }

    /** From an instance's kill or stop until what it ran was taken up, at the longest. */
    long longestTakeOverMillis() {
        return cut().stream().mapToLong(attempt -> disturbances.stream().filter(trouble -> trouble.isOf(attempt.instance()))
                .filter(trouble -> trouble.from() >= attempt.started() && trouble.from() <= attempt.ended())
                .mapToLong(trouble -> attempt.ended() - trouble.from()).min().orElse(0)).max().orElse(0);
    }

    /** From the end of the tool until its success was committed, at the longest. */
    long longestSettlingMillis() {
        Map<RunName, Rows.Attempt> successes = rows.attempts().stream().filter(attempt -> "success".equals(attempt.outcome()))
                .collect(Collectors.toMap(Rows.Attempt::name, Function.identity()));
        return runs.stream().filter(run -> run.completed().isPresent() && successes.containsKey(run.name()))
                .mapToLong(run -> successes.get(run.name()).ended() - run.completed().getAsLong()).max().orElse(0);
    }

    private void demandEnd(Rows.Download download) throws IOException {
        if (!ENDS.contains(download.status())) {
            fault("stuck", download);
            return;
        }
        if (!download.status().equals(Submitter.endOf(download.item()))) {
            fault("wrong end", download + " " + rows.attemptsOf(download.id()));
        }
        if (download.status().equals("SUCCESS")) {
            ExpectedItem.difference(download.item(), data.resolve("store").resolve(String.valueOf(download.folder())))
                    .ifPresent(difference -> fault("phantom", download + ": " + difference));
            if (runsOf(download).stream().noneMatch(run -> run.completed().isPresent())) {
                fault("phantom", download + ": no run of it was completed");
            }
        }
    }

    /** Attempts without a gap under growing fences, each ended; a log without a gap; one end, and nothing after it. */
    private void demandHistory(Rows.Download download) {
        List<Rows.Attempt> attempts = rows.attemptsOf(download.id());
        boolean inOrder = attempts.size() == download.attempts();
        for (int at = 0; at < attempts.size(); at++) {
            Rows.Attempt attempt = attempts.get(at);
            inOrder &= attempt.number() == at + 1 && attempt.ended() > 0
                    && (at == 0 || attempt.name().fence() > attempts.get(at - 1).name().fence() && attempt.started() >= attempts.get(at - 1).ended());
            boolean struck = disturbances.stream().anyMatch(trouble -> (trouble.isOf(attempt.instance()) || trouble.isOfDatabase())
                    && trouble.overlaps(attempt.started(), attempt.ended()));
            if ("interrupted".equals(attempt.outcome()) && !struck) {
                fault("history", "taken from an instance that was well: " + attempt);
            }
        }
        List<String> states = rows.statesOf(download.id());
        long starts = states.stream().filter("RUNNING"::equals).count();
        boolean endsOnce = states.stream().filter(ENDS::contains).count() == 1 && ENDS.contains(states.get(states.size() - 1));
        if (!inOrder || starts != attempts.size() || !endsOnce || download.lines() != download.logSeq()) {
            fault("history", download + " " + attempts + " " + states);
        }
    }

    private void demandRunsOneAfterTheOther(Rows.Download download) {
        JournalRun before = null;
        for (JournalRun run : runsOf(download)) {
            if (before != null && before.completed().orElse(before.started()) > run.started()) {
                fault("overlaps", before + " and " + run);
            }
            if (before != null && before.completed().isPresent() && !wasStruckBeforeItSettled(before)) {
                fault("repeated", before + " and " + run);
            }
            before = run;
        }
    }

    /** Settling waits while the database is away. */
    private boolean wasStruckBeforeItSettled(JournalRun run) {
        long end = run.completed().orElseThrow();
        long away = disturbances.stream().filter(Disturbance::isOfDatabase).filter(trouble -> trouble.overlaps(end, end + settledMillis))
                .mapToLong(trouble -> trouble.to() - trouble.from()).sum();
        return disturbances.stream().filter(trouble -> trouble.isOf(run.instance()))
                .anyMatch(trouble -> trouble.overlaps(end, end + settledMillis + away));
    }

    private void demandNothingLeft() throws IOException {
        // what failed may be resumed for a day; what a blow came between to clean is swept within ten minutes
        Set<String> kept = rows.downloads().stream().filter(download -> download.status().equals("FAILED")).map(Rows.Download::id).collect(Collectors.toSet());
        try (Stream<Path> work = Files.list(data.resolve("work"))) {
            work.filter(folder -> RunName.in(folder.toString()).filter(run -> kept.contains(run.download()) || wasStruckAtItsEnd(run)).isEmpty())
                    .forEach(folder -> fault("left", folder));
        }
        Set<String> known = new HashSet<>(rows.downloads().stream().map(download -> String.valueOf(download.folder())).toList());
        Path store = data.resolve("store");
        try (Stream<Path> tree = Files.walk(store, 4)) {
            List<String> unknown = tree.map(path -> store.relativize(path)).filter(path -> path.getNameCount() == 4).map(Path::toString)
                    .filter(folder -> !known.contains(folder)).toList();
            if (unknown.size() > cut().size()) {
                fault("left", "more content without a row than runs were cut: " + unknown);
            }
        }
    }

    private boolean wasStruckAtItsEnd(RunName run) {
        return rows.attempts().stream().filter(attempt -> attempt.name().equals(run)).anyMatch(attempt -> disturbances.stream()
                .anyMatch(trouble -> trouble.isOf(attempt.instance()) && trouble.overlaps(attempt.ended(), attempt.ended() + settledMillis)));
    }

    private List<JournalRun> runsOf(Rows.Download download) {
        return runs.stream().filter(run -> run.name().download().equals(download.id())).toList();
    }

    private void fault(String kind, Object what) {
        faults.get(kind).add(what.toString());
    }
}
