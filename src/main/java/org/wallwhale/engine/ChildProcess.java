package org.wallwhale.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Identifies a child across restarts of the server: a process id alone is reused by the system. It is the tool itself, which
 * leads a process group of the same number; the guarding script above it ends when the tool does.
 *
 * @param startedAt the system's own start time of the process, from {@link ProcessHandle.Info#startInstant()}
 */
public record ChildProcess(long pid, Instant startedAt) {
    /** Linux derives start times from a boot time in whole seconds that moves when the clock is set. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);
    private static final long KILL_SECONDS = 10;

    /** The child with this process id, if it lives. */
    static Optional<ChildProcess> of(long pid) {
        return ProcessHandle.of(pid).flatMap(handle -> handle.info().startInstant()).map(start -> new ChildProcess(pid, start));
    }

    /** Whether this very process lives, and not another one that inherited its number. */
    public boolean isAlive() {
        return find().isPresent();
    }

    /**
     * Kills the child, its process group and its descendants with KILL and waits until they are gone, at most ten seconds.
     * Does nothing when the process id belongs to another process by now.
     *
     * @return whether none of those that were found is left
     */
    public boolean kill() throws InterruptedException {
        Optional<ProcessHandle> leader = find();
        if (leader.isEmpty()) {
            return true;
        }
        List<ProcessHandle> tree = new ArrayList<>(leader.get().descendants().toList());
        tree.add(leader.get());
        killGroup(pid);
        tree.forEach(ProcessHandle::destroyForcibly);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(KILL_SECONDS);
        while (tree.stream().anyMatch(ChildProcess::runs) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return tree.stream().noneMatch(ChildProcess::runs);
    }

    /** A dead process that its parent has not collected yet still counts as alive for Java, in a container perhaps for ever. */
    static boolean runs(ProcessHandle process) {
        try {
            return process.isAlive() && !Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"),
                    StandardCharsets.ISO_8859_1).contains(") Z ");
        } catch (IOException e) {
            return process.isAlive();
        }
    }

    /** Java has no call for process groups; the shell has one and needs no further program. */
    private static void killGroup(long leader) throws InterruptedException {
        try {
            String command = "kill -KILL -- \"-$1\" 2>/dev/null";
            new ProcessBuilder("bash", "-c", command, "bash", Long.toString(leader)).start().waitFor();
        } catch (IOException e) {
            // The tree found by ProcessHandle is killed all the same.
        }
    }

    private Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ChildProcess::runs).filter(handle -> handle.info().startInstant()
                .filter(start -> Duration.between(startedAt, start).abs().compareTo(START_TOLERANCE) <= 0).isPresent());
    }
}
