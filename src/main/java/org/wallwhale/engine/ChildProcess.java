package org.wallwhale.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Identifies a child across restarts of the server: a process id alone is reused by the system. It is the tool itself, which
 * leads a process group of the same number; the guarding script above it ends when the tool does.
 *
 * @param startedAt the system's own start time of the process: on Linux the time since the machine's start, counted from 1970, which does
 *     not move when the clock is set (proc(5), {@code starttime}); elsewhere {@link ProcessHandle.Info#startInstant()}
 */
public record ChildProcess(long pid, Instant startedAt) {
    /** Fields of {@code /proc/<pid>/stat} after the name, which may hold anything, are counted from the third. */
    private static final int START_FIELD = 22 - 3;
    /** What Linux counts times for programs in, on every machine. */
    private static final int MILLIS_PER_TICK = 10;
    private static final long KILL_SECONDS = 10;

    /** The child with this process id, if it lives. */
    public static Optional<ChildProcess> of(long pid) {
        return ProcessHandle.of(pid).flatMap(ChildProcess::start).map(start -> new ChildProcess(pid, start));
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
            return process.isAlive() && !stat(process).contains(") Z ");
        } catch (IOException e) {
            return process.isAlive();
        }
    }

    /** Java has no call for process groups; the shell has one and needs no further program. */
    private static void killGroup(long leader) throws InterruptedException {
        try {
            String command = "kill -KILL -- \"-$1\" 2>/dev/null";
            bare(List.of("bash", "-c", command, "bash", Long.toString(leader))).start().waitFor();
        } catch (IOException e) {
            // The tree found by ProcessHandle is killed all the same.
        }
    }

    private Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ChildProcess::runs).filter(handle -> start(handle).filter(startedAt::equals).isPresent());
    }

    private static Optional<Instant> start(ProcessHandle process) {
        try {
            String stat = stat(process);
            String ticks = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[START_FIELD];
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(ticks) * MILLIS_PER_TICK));
        } catch (IOException e) {
            return process.info().startInstant();
        }
    }

    private static String stat(ProcessHandle process) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
    }

    /** For a program of the system, which gets none of the server's variables, secrets among them, but where programs are. */
    static ProcessBuilder bare(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(Set.of("PATH"));
        return builder;
    }
}
