package org.wallwhale.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.CollectionService;
import org.wallwhale.download.Failure;
import org.wallwhale.download.ProgressBoard;
import org.wallwhale.download.Source;
import org.wallwhale.download.StorageService;
import org.wallwhale.engine.DepotDownloader;
import org.wallwhale.engine.Fetch;
import org.wallwhale.engine.Outcome;
import org.wallwhale.engine.Reason;
import org.wallwhale.engine.Stop;
import org.wallwhale.engine.Tool;
import org.wallwhale.engine.WebFileEngine;
import org.wallwhale.engine.WebFileFetch;
import org.wallwhale.store.ExportException;
import org.wallwhale.workshop.ItemDetails;
import org.wallwhale.workshop.WebFile;

/** Runs one claimed download from the child's start to its settled end, in the calling thread. */
@ApplicationScoped
class Runner {
    private static final Logger LOG = System.getLogger(Runner.class.getName());
    @Inject
    private DepotDownloader engine;
    @Inject
    private ClaimService claims;
    @Inject
    private WebFileEngine webFiles;
    @Inject
    private CollectionService collections;
    @Inject
    private Preparation preparation;
    @Inject
    private Delivering delivering;
    @Inject
    private StorageService storage;
    @Inject
    private ProgressBoard board;
    @Inject
    private WorkFolders folders;
    @Inject
    private Logins logins;
    @Inject
    private RunMetrics metrics;
    @Inject
    private WorkerConfig config;

    /** Never throws: whatever goes wrong ends the claim, or leaves it to the one who overtook it. */
    void run(Claim claim, int slot, RunControl control) {
        RunWrites writes = new RunWrites(claim, claims, control);
        long began = System.nanoTime();
        try {
            Outcome outcome = run(claim, slot, control, writes);
            metrics.ended(outcome, began);
            settle(claim, outcome, control, writes);
        } catch (OvertakenException e) {
            metrics.endedWithout(RunMetrics.OVERTAKEN, began);
            LOG.log(Level.INFO, "Download " + claim.downloadId() + " is no longer this run's.");
        } catch (WaitsForSeatException e) {
            metrics.endedWithout(RunMetrics.WAITS, began);
            LOG.log(Level.DEBUG, "Download " + claim.downloadId() + " waits: " + e.getMessage());
        } catch (InterruptedException e) {
            lastTry(claim, () -> claims.giveBack(claim));
            Thread.currentThread().interrupt();
        } catch (ServerStopsException e) {
            lastTry(claim, () -> claims.giveBack(claim));
        } catch (ExportException e) {
            LOG.log(Level.WARNING, "Download " + claim.downloadId() + " could not be exported.", e);
            lastTry(claim, () -> settle(claim, new Outcome.NotFetched(e.reason(), e.getMessage(), 0), control, writes));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "The run of download " + claim.downloadId() + " broke", e);
            metrics.endedWithout(RunMetrics.BROKE, began);
            lastTry(claim, () -> writes.untilDone(() -> claims.fail(claim,
                    new Failure("internal", "The server failed on this download.", "See the server's log."),
                    Backoff.after(Reason.TOOL_FAILED.retry(), claim.tries(), config.backoff(), ThreadLocalRandom.current()), null)));
        } finally {
            board.forget(claim.downloadId());
        }
    }

    /** When even the end cannot be written, the claim is found without a run later and taken up then. */
    private static void lastTry(Claim claim, Runnable end) {
        try {
            end.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The end of download " + claim.downloadId() + " could not be written.", e);
        }
    }

    private Outcome run(Claim claim, int slot, RunControl control, RunWrites writes) throws IOException, InterruptedException {
        Plan plan = preparation.prepare(claim, control, writes);
        if (control.stop().isPresent()) {
            return new Outcome.NotFetched(Reason.STOPPED, "The download was stopped.", -1);
        }
        if (plan instanceof Plan.Refused refused) {
            return refused.outcome();
        }
        if (plan instanceof Plan.ToExpand collection) {
            writes.untilDone(() -> collections.expand(collection.claim(), collection.items()));
            return new Outcome.Fetched(List.of(), "", 0);
        }
        if (plan instanceof Plan.Stored stored) {
            Optional<Outcome> reused = delivering.reuse(stored.claim(), stored.content(), control, writes);
            return reused.isPresent() ? reused.get() : run(claim, slot, control, writes);
        }
        Plan.ToFetch fetch = (Plan.ToFetch) plan;
        Optional<WebFile> webFile = fetch.details().flatMap(ItemDetails::webFile).filter(file -> claim.source() == Source.STEAM);
        return webFile.isPresent() ? fetchWebFile(fetch, webFile.get(), control, writes) : fetchByTool(fetch, slot, control, writes);
    }

    private Outcome fetchWebFile(Plan.ToFetch plan, WebFile file, RunControl control, RunWrites writes)
            throws IOException, InterruptedException {
        Claim claim = plan.claim();
        WebFileFetch fetch = new WebFileFetch(file.address(), file.fileName(), claim.pubfileId(),
                plan.details().orElseThrow().sizeBytes(), folders.take(claim), shortest(config.maxRuntime(), claim.maxRuntime()));
        Outcome outcome;
        try (GuardDialog nobodyAsks = logins.dialog(claim.downloadId(), claim.fence(), null, Optional.empty())) {
            RunListener listener = listener(claim, control, nobodyAsks);
            outcome = webFiles.fetch(fetch, listener);
            listener.finish();
        }
        return outcome instanceof Outcome.Fetched fetched
                ? delivering.deliver(claim, fetch.content(), fetched, plan.details(), control, writes) : outcome;
    }

    private Outcome fetchByTool(Plan.ToFetch plan, int slot, RunControl control, RunWrites writes) throws IOException, InterruptedException {
        Claim claim = plan.claim();
        boolean sandbox = claim.source() == Source.SANDBOX;
        Optional<Tool> tool = sandbox ? Optional.of(engine.sandbox()) : engine.tool();
        if (tool.isEmpty()) {
            return new Outcome.NotFetched(Reason.TOOL_MISSING, "There is no DepotDownloader on this server.", -1);
        }
        Path target = folders.take(claim);
        Outcome outcome = logins.fetch(plan, slot, control, writes, (login, home, guard) -> {
            Fetch fetch = new Fetch(tool.get(), claim.appId(), claim.pubfileId(), login, home, target,
                    plan.details().flatMap(ItemDetails::webFile).isPresent(), shortest(config.maxRuntime(), claim.maxRuntime()));
            RunListener listener = listener(claim, control, guard);
            Outcome end = ItemRules.told(plan.isAnswered(), engine.fetch(fetch, listener));
            listener.finish();
            return end;
        });
        return outcome instanceof Outcome.Fetched fetched
                ? delivering.deliver(claim, Fetch.content(target), fetched, plan.details(), control, writes) : outcome;
    }

    private RunListener listener(Claim claim, RunControl control, GuardDialog guard) {
        return new RunListener(claim, claims, board, control, () -> storage.roomFor(claim), guard);
    }

    private void settle(Claim claim, Outcome outcome, RunControl control, RunWrites writes) {
        if (!(outcome instanceof Outcome.NotFetched failed)) {
            return;
        }
        Optional<Stop> stop = failed.reason() == Reason.STOPPED ? control.stop() : Optional.empty();
        if (stop.isEmpty()) {
            Reason reason = failed.reason();
            if (reason == Reason.DISK_FULL) {
                // Before the rest: writing the failure may need the room too.
                folders.clean(claim);
            }
            Failure failure = new Failure(reason.code(), failed.detail(), reason.advice());
            Optional<Duration> backoff = Backoff.after(reason.retry(), claim.tries(), config.backoff(), ThreadLocalRandom.current());
            writes.untilDone(() -> claims.fail(claim, failure, backoff, failed.exitCode()));
            return;
        }
        switch (stop.get()) {
            case CANCELED -> {
                writes.untilDone(() -> claims.canceled(claim, failed.exitCode()));
                folders.clean(claim);
            }
            case TOO_LARGE -> {
                writes.untilDone(() -> claims.fail(claim, storage.failure(claim), Optional.empty(), failed.exitCode()));
                folders.clean(claim);
            }
            case SHUTDOWN -> writes.untilDone(() -> claims.giveBack(claim));
            case OVERTAKEN -> throw new OvertakenException();
        }
    }

    private static Duration shortest(Duration ours, Optional<Duration> theirs) {
        return theirs.filter(limit -> limit.compareTo(ours) < 0).orElse(ours);
    }
}
