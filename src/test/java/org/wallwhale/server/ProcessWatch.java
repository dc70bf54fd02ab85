package org.wallwhale.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks at the table of processes several times a second: who fetches what, and whether two fetch the same at once. */
final class ProcessWatch implements AutoCloseable {
    private static final long EVERY_MILLIS = 200;
    private final String data;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    private final Set<RunName> seen = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> overlaps = new ConcurrentLinkedQueue<>();

    private ProcessWatch(Path data) {
        this.data = data.toString();
    }

    static ProcessWatch start(Path data) {
        ProcessWatch watch = new ProcessWatch(data);
        watch.looks.scheduleWithFixedDelay(watch::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** How many runs were seen so far; one that is over within {@value #EVERY_MILLIS} ms may be missed. */
    int runs() {
        return seen.size();
    }

    /** Whether something is fetched by this server now. */
    boolean isWorking(ServerProcess server) {
        return server.descendants().stream().anyMatch(process -> runOf(process).isPresent());
    }

    /** Two processes that were alive at the same time for one download. */
    List<String> overlaps() {
        return List.copyOf(overlaps);
    }

    /** Command lines of everything that has to do with the data folder now. */
    List<String> left() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(process -> process.info().commandLine().orElse("")).filter(line -> line.contains(data)).toList();
        }
    }

    private void look() {
        Map<String, List<ProcessHandle>> byDownload = new HashMap<>();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            all.forEach(process -> runOf(process).ifPresent(run -> {
                seen.add(run);
                byDownload.computeIfAbsent(run.download(), id -> new ArrayList<>()).add(process);
            }));
        }
        byDownload.forEach((download, processes) -> {
            // the list took time to read: only who is there now, after the last of them was found, is there with the others
            List<RunName> together = processes.stream().map(this::runOf).flatMap(Optional::stream).toList();
            if (together.size() > 1) {
                overlaps.add(together.toString());
            }
        });
    }

    /** Of the tool itself, not of the script that guards it. */
    private Optional<RunName> runOf(ProcessHandle process) {
        String line = process.info().commandLine().orElse("");
        return process.info().command().filter(program -> program.endsWith("/java")).isPresent() && line.contains(data)
                ? RunName.in(line) : Optional.empty();
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
