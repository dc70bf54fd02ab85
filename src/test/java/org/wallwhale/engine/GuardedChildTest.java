package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Nothing of a run outlives its reason to run, whoever is killed or frozen. */
@Execution(ExecutionMode.CONCURRENT)
class GuardedChildTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String STALLING = "3000000035";
    private static final String IGNORING_TERM = "3000000053";
    private static final String LEAVING_CHILDREN = "3000000054";

    @TempDir
    Path folder;
    private final Witness witness = new Witness();
    private final List<Process> servers = new ArrayList<>();
    private final List<ProcessHandle> tree = Collections.synchronizedList(new ArrayList<>());
    private DepotDownloader engine;
    private ScheduledExecutorService heart;

    @BeforeEach
    void startTheHeart() {
        engine = new DepotDownloader(Engines.config(folder, Map.of("wallwhale.engine.stall-after-seconds", "600")));
        heart = Engines.beating(engine);
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        Engines.stop(heart);
        servers.forEach(Process::destroyForcibly);
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void theTreeDiesWithAKilledServer() throws Exception {
        Process server = server(IGNORING_TERM);
        server.destroyForcibly().waitFor();
        // Shorter than a missing heartbeat is tolerated: the server's absence itself was seen.
        Waiting.until("all gone", Duration.ofSeconds(6), () -> tree.stream().noneMatch(ChildProcess::runs));
    }

    @Test
    void theTreeDiesWhenTheServerIsFrozen() throws Exception {
        Process server = server(STALLING);
        ProcessHandle child = tree.get(tree.size() - 1);
        new ProcessBuilder("bash", "-c", "kill -STOP \"$1\"", "bash", Long.toString(server.pid())).start().waitFor();
        Waiting.until("the child is gone", SOON, () -> !child.isAlive());
        assertThat(server.isAlive()).isTrue();
        server.destroyForcibly().waitFor();
        Waiting.until("all gone", SOON, () -> tree.stream().noneMatch(ChildProcess::runs));
    }

    @Test
    void aMissingHeartbeatKillsTheChild() throws Exception {
        Engines.stop(heart);
        Outcome outcome = engine.fetch(Engines.anonymous(engine, folder, STALLING), witness);
        assertThat(outcome).isEqualTo(new Outcome.NotFetched(Reason.KILLED,
                "The tool was killed from outside (signal 9).", 137));
    }

    @Test
    void aStopEndsTheChildByTerm() throws Exception {
        witness.stop = () -> Optional.of(Stop.CANCELED).filter(stop -> downloading());
        Outcome outcome = engine.fetch(Engines.anonymous(engine, folder, STALLING), witness);
        assertThat(outcome).isEqualTo(new Outcome.NotFetched(Reason.STOPPED, "The download was canceled.", 143));
        assertThat(witness.child.isAlive()).isFalse();
    }

    @Test
    void aChildThatIgnoresTermIsKilled() throws Exception {
        witness.stop = () -> Optional.of(Stop.SHUTDOWN).filter(stop -> downloading() && remember(witness.child));
        Outcome outcome = engine.fetch(Engines.anonymous(engine, folder, IGNORING_TERM), witness);
        assertThat(outcome).isEqualTo(new Outcome.NotFetched(Reason.STOPPED, "The server was stopped.", 137));
        assertNoneRuns();
    }

    @Test
    void grandchildrenDoNotOutliveTheFetch() throws Exception {
        witness.stop = () -> {
            remember(witness.child);
            return Optional.empty();
        };
        Outcome outcome = engine.fetch(Engines.anonymous(engine, folder, LEAVING_CHILDREN), witness);
        assertThat(outcome).isInstanceOf(Outcome.Fetched.class);
        assertThat(tree).hasSizeGreaterThanOrEqualTo(3);
        assertNoneRuns();
    }

    @Test
    void anInterruptKillsTheTreeAtOnce() throws Exception {
        Fetch fetch = Engines.anonymous(engine, folder, IGNORING_TERM);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                engine.fetch(fetch, witness);
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        thread.start();
        Waiting.until("downloading", SOON, this::downloading);
        remember(witness.child);
        thread.interrupt();
        assertThat(interrupted.join()).isTrue();
        assertNoneRuns();
    }

    @Test
    void theToolDoesNothingBeforeItsStartIsKnown() throws Exception {
        Witness refusing = new Witness() {
            @Override
            public void started(ChildProcess child) {
                super.started(child);
                assertThat(child.isAlive()).isTrue();
                throw new IllegalStateException("refused");
            }
        };
        assertThatThrownBy(() -> engine.fetch(Engines.anonymous(engine, folder, STALLING), refusing))
                .hasMessage("refused");
        assertThat(refusing.child.isAlive()).isFalse();
        assertThat(folder.resolve("home")).isEmptyDirectory();
        assertThat(folder.resolve("target/content")).isEmptyDirectory();
    }

    @Test
    void theTreeDiesWhenItsGuardIsKilled() throws Exception {
        Fetch fetch = Engines.anonymous(engine, folder, IGNORING_TERM);
        FutureTask<Outcome> fetching = new FutureTask<>(() -> engine.fetch(fetch, witness));
        Thread thread = new Thread(fetching);
        thread.start();
        Waiting.until("downloading", SOON, this::downloading);
        remember(witness.child);
        ProcessHandle guard = tree.get(0).parent().orElseThrow();
        guard.destroyForcibly();
        assertThat(fetching.get()).isEqualTo(new Outcome.NotFetched(Reason.KILLED,
                "The tool was killed from outside (signal 9).", 137));
        assertNoneRuns();
    }

    @Test
    void aRecordedChildIsKilledWithItsTree() throws Exception {
        Process process = new ProcessBuilder("bash", "-c", "sleep 300 & sleep 300; true").start();
        ChildProcess recorded = ChildProcess.of(process.pid()).orElseThrow();
        Waiting.until("two children", SOON, () -> process.toHandle().descendants().count() == 2);
        remember(recorded);
        ChildProcess other = new ChildProcess(recorded.pid(), recorded.startedAt().minusSeconds(60));
        assertThat(other.isAlive()).isFalse();
        assertThat(other.kill()).isTrue();
        assertThat(tree).hasSize(3).allMatch(ProcessHandle::isAlive);
        assertThat(recorded.kill()).isTrue();
        assertNoneRuns();
    }

    /** Else the server could neither end it nor know it again once its machine's clock was set. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aChildIsKnownByATimeThatNoClockMoves() throws Exception {
        double uptime = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
        assertThat(ChildProcess.of(ProcessHandle.current().pid()).orElseThrow().startedAt())
                .isBetween(Instant.EPOCH, Instant.EPOCH.plusMillis((long) (uptime * 1000)));
    }

    /** The dead may still wait to be collected by the system's first process. */
    private void assertNoneRuns() {
        assertThat(tree).isNotEmpty().noneMatch(ChildProcess::runs);
    }

    private boolean downloading() {
        return witness.lines.stream().anyMatch(line -> line.startsWith("Pre-allocating"));
    }

    private boolean remember(ChildProcess child) {
        ProcessHandle.of(child.pid()).ifPresent(this::remember);
        return true;
    }

    private void remember(ProcessHandle root) {
        root.descendants().filter(handle -> !tree.contains(handle)).forEach(tree::add);
        if (!tree.contains(root)) {
            tree.add(0, root);
        }
    }

    /** A server in its own process whose child is at work; {@link #tree} holds guard, helpers of it, and last the tool. */
    private Process server(String item) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process server = new ProcessBuilder(java.toString(), "-cp", System.getProperty("java.class.path"),
                FetchingServer.class.getName(), folder.toString(), item).start();
        servers.add(server);
        Path journal = folder.resolve("home/sandbox-journal.jsonl");
        Waiting.until("the tool runs", SOON, () -> Files.exists(journal));
        Waiting.until("the tool downloads", SOON, () -> Files.exists(folder.resolve("target/content/project.json")));
        server.toHandle().descendants().forEach(tree::add);
        ProcessHandle tool = tree.stream().filter(handle -> handle.info().command().orElse("").equals(java.toString()))
                .findFirst().orElseThrow();
        tree.remove(tool);
        tree.add(tool);
        return server;
    }
}
