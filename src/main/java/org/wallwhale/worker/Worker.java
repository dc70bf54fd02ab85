package org.wallwhale.worker;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.wallwhale.cluster.Cluster;
import org.wallwhale.cluster.Instance;
import org.wallwhale.cluster.NewsMissed;
import org.wallwhale.download.CancelAsked;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.CollectionService;
import org.wallwhale.download.DownloadChanged;
import org.wallwhale.download.DownloadConfig;
import org.wallwhale.download.Holder;
import org.wallwhale.download.OwnerService;
import org.wallwhale.download.Phase;
import org.wallwhale.download.QueueMetrics;
import org.wallwhale.download.QueueMoved;
import org.wallwhale.download.Status;
import org.wallwhale.engine.DepotDownloader;
import org.wallwhale.engine.Stop;
import org.wallwhale.engine.ToolCheck;
import org.wallwhale.log.LogContext;
import org.wallwhale.metrics.Loop;
import org.wallwhale.metrics.Loops;
import org.wallwhale.metrics.Registry;
import org.wallwhale.steam.SteamMetrics;
import org.wallwhale.store.StoreMetrics;

/**
 * Claims downloads while slots are free, keeps their leases, and stops them when their owner or the server wants so. A run
 * occupies one thread of its own executor from the child's start to its end.
 */
@ManagedExecutorDefinition(name = "java:app/concurrent/downloads", maxAsync = 64)
@ManagedScheduledExecutorDefinition(name = "java:app/concurrent/worker-timers", maxAsync = 8)
@ManagedScheduledExecutorDefinition(name = "java:app/concurrent/heartbeat", maxAsync = 1)
@ApplicationScoped
public class Worker {
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration RECOVER = Duration.ofSeconds(5);
    private static final Duration LOOK_AT_ACCOUNTS = Duration.ofSeconds(10);
    private static final Duration LOOK_AT_QUEUE = Duration.ofSeconds(15);
    private static final Duration LOOK_AT_STORE = Duration.ofMinutes(1);
    private static final Duration LOOK_AT_TOOL = Duration.ofMinutes(1);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration LAST_CLAIM = Duration.ofSeconds(3);
    @Inject
    private ClaimService claims;
    @Inject
    private Runner runner;
    @Inject
    private Recovery recovery;
    @Inject
    private LeaseKeeper leases;
    @Inject
    private DepotDownloader engine;
    @Inject
    private ToolCheck tool;
    @Inject
    private Instance instance;
    @Inject
    private Cluster cluster;
    @Inject
    private WorkerConfig config;
    @Inject
    private DownloadConfig downloads;
    @Inject
    private CollectionService collections;
    @Inject
    private OwnerService owners;
    @Inject
    private SteamMetrics steam;
    @Inject
    private Registry metrics;
    @Inject
    private RunMetrics runMetrics;
    @Inject
    private StoreMetrics store;
    @Inject
    private QueueMetrics queue;
    @Inject
    private Loops loops;
    @Resource(lookup = "java:app/concurrent/downloads")
    private ManagedExecutorService threads;
    @Resource(lookup = "java:app/concurrent/worker-timers")
    private ManagedScheduledExecutorService timers;
    /** Its own, because children are killed when a slow database holds the other threads for eight seconds. */
    @Resource(lookup = "java:app/concurrent/heartbeat")
    private ManagedScheduledExecutorService heart;
    /** By fence: a newer claim of the same download may start while the older run still ends. */
    private final Map<Long, Running> running = new ConcurrentHashMap<>();
    private final List<Future<?>> recurring = new ArrayList<>();
    private Repeated claim;
    private volatile boolean claiming;

    @PostConstruct
    void prepare() {
        claim = new Repeated(POLL, loops.every(POLL, "claim downloads", this::claimWhileFree));
    }

    /** Takes up what an earlier life of this instance left, then starts to claim. */
    public void start() {
        Holder holder = holder();
        metrics.gauge("depot_download_jobs_active", "Downloads that this instance runs", running::size);
        cluster.runs(config.slots(), running::size);
        steam.declare(metrics);
        engine.beat();
        recurring.add(heart.scheduleAtFixedRate(
                loops.every(BEAT, "show its children a heartbeat", engine::beat), 1, BEAT.toSeconds(), TimeUnit.SECONDS));
        recovery.recover(holder, false);
        claiming = true;
        every(downloads.lease().dividedBy(3), "renew leases", () -> leases.renew(holder, running.values()));
        every(RECOVER, "recover", () -> {
            leases.takeUpAbandoned();
            recovery.recover(holder, leases.mayTakeFromOthers());
        });
        every(RECOVER, "end collections", collections::endFinished);
        every(RECOVER, "cancel downloads of users who left", owners::cancelOfInactive);
        every(LOOK_AT_ACCOUNTS, "look what is left of logins", steam::refresh);
        every(LOOK_AT_QUEUE, "look how long the queue is", queue::refresh);
        every(LOOK_AT_STORE, "measure the store", store::refresh);
        every(LOOK_AT_TOOL, "look at the DepotDownloader", tool::look);
        recurring.add(timers.submit(claim));
    }

    private void every(Duration pause, String what, Runnable task) {
        recurring.add(timers.scheduleWithFixedDelay(loops.every(pause, what, task), 0, pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Downloads that run here now. */
    public int runs() {
        return running.size();
    }

    /** Stops claiming at once, lets runs finish for a while, then gives the rest back. Returns when none is left. */
    public void stop() {
        claiming = false;
        claim.end(LAST_CLAIM);
        awaitRuns(System.nanoTime() + config.stopAfter().toNanos());
        running.values().forEach(run -> run.control().end(Stop.SHUTDOWN));
        awaitRuns(System.nanoTime() + TimeUnit.SECONDS.toNanos(15));
        recurring.forEach(task -> task.cancel(false));
    }

    void onChange(@Observes(during = TransactionPhase.AFTER_SUCCESS) DownloadChanged event) {
        if (event.phase() == Phase.CANCELING) {
            Optional.ofNullable(running.get(event.fence())).ifPresent(run -> run.control().end(Stop.CANCELED));
        } else if (event.status() != Status.RUNNING) {
            claim.wake();
        }
    }

    void onNews(@Observes QueueMoved event) {
        claim.wake();
    }

    void onNews(@Observes CancelAsked event) {
        Optional.ofNullable(running.get(event.fence())).ifPresent(run -> endCanceled(List.of(run)));
    }

    void onNews(@Observes NewsMissed event) {
        claim.wake();
        if (!running.isEmpty()) {
            endCanceled(List.copyOf(running.values()));
        }
    }

    /** By the rows, which the one who brings the news does not wait for. */
    private void endCanceled(List<Running> runs) {
        timers.execute(new Loop("look which downloads are to be canceled", () -> runs.stream()
                .filter(run -> claims.isToBeCanceled(run.claim())).forEach(run -> run.control().end(Stop.CANCELED))));
    }

    private void claimWhileFree() {
        for (int slot = 0; claiming && slot < config.slots(); slot++) {
            if (isFree(slot)) {
                Optional<Claim> next = runMetrics.claiming(() -> claims.claim(holder()));
                if (next.isEmpty()) {
                    return;
                }
                launch(new Running(next.get(), slot, new RunControl()));
            }
        }
    }

    private void launch(Running run) {
        if (!claiming) {
            claims.giveBack(run.claim());
            return;
        }
        running.put(run.claim().fence(), run);
        try {
            threads.execute(() -> runIn(run));
        } catch (RejectedExecutionException e) {
            // the claim is found without a run when leases are renewed, and taken up then
            running.remove(run.claim().fence(), run);
            throw e;
        }
    }

    private void runIn(Running run) {
        try (LogContext context = LogContext.ofDownload(run.claim().downloadId().toString())) {
            runner.run(run.claim(), run.slot(), run.control());
        } finally {
            running.remove(run.claim().fence(), run);
            claim.wake();
        }
    }

    private boolean isFree(int slot) {
        return running.values().stream().noneMatch(run -> run.slot() == slot);
    }

    private void awaitRuns(long deadline) {
        while (!running.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private Holder holder() {
        return new Holder(instance.id(), instance.bootId());
    }
}
