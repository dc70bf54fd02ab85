package org.wallwhale.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.Failure;
import org.wallwhale.download.ProgressBoard;
import org.wallwhale.download.Source;
import org.wallwhale.download.StorageService;
import org.wallwhale.engine.DepotDownloader;
import org.wallwhale.engine.Fetch;
import org.wallwhale.engine.FetchedFile;
import org.wallwhale.engine.Login;
import org.wallwhale.engine.Outcome;
import org.wallwhale.engine.Reason;
import org.wallwhale.engine.Stop;
import org.wallwhale.engine.Tool;
import org.wallwhale.secret.Secret;
import org.wallwhale.store.Arrival;
import org.wallwhale.store.ContentKey;
import org.wallwhale.store.ExportException;
import org.wallwhale.store.StoreService;
import org.wallwhale.workshop.ItemDetails;
import org.wallwhale.workshop.SandboxItems;

/** Runs one claimed download from the child's start to its settled end, in the calling thread. */
@ApplicationScoped
class Runner {
    private static final Logger LOG = System.getLogger(Runner.class.getName());
    private static final Login SANDBOX_LOGIN = new Login("sandbox", Secret.of("sandbox"));
    @Inject
    private DepotDownloader engine;
    @Inject
    private ClaimService claims;
    @Inject
    private SettleService settlement;
    @Inject
    private StoreService store;
    @Inject
    private StorageService storage;
    @Inject
    private ProgressBoard board;
    @Inject
    private WorkFolders folders;
    @Inject
    private WorkerConfig config;

    /** Never throws: whatever goes wrong ends the claim, or leaves it to the one who overtook it. */
    void run(Claim claim, int slot, RunControl control) {
        RunWrites writes = new RunWrites(claim, claims, control);
        try {
            settle(claim, fetch(claim, slot, control, writes), control, writes);
        } catch (OvertakenException e) {
            LOG.log(Level.INFO, "Download " + claim.downloadId() + " is no longer this run's.");
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

    private Outcome fetch(Claim claim, int slot, RunControl control, RunWrites writes) throws IOException, InterruptedException {
        boolean sandbox = claim.source() == Source.SANDBOX;
        Optional<Tool> tool = sandbox ? Optional.of(engine.sandbox()) : engine.tool();
        if (tool.isEmpty()) {
            return new Outcome.NotFetched(Reason.TOOL_MISSING, "There is no DepotDownloader on this server.", -1);
        }
        Optional<ItemDetails> details = sandbox ? SandboxItems.find(claim.pubfileId()) : Optional.empty();
        details.ifPresent(known -> writes.untilDone(() -> claims.describe(claim, known.title())));
        Fetch fetch = new Fetch(tool.get(), claim.appId(), claim.pubfileId(), sandbox ? Optional.of(SANDBOX_LOGIN) : Optional.empty(),
                folders.home(sandbox ? "sandbox" : "anonymous", slot), folders.take(claim),
                details.flatMap(ItemDetails::webFile).isPresent(), shortest(config.maxRuntime(), claim.maxRuntime()));
        RunListener listener = new RunListener(claim, claims, board, control, () -> storage.roomFor(claim));
        Outcome outcome = engine.fetch(fetch, listener);
        listener.finish();
        return outcome instanceof Outcome.Fetched fetched ? stored(claim, fetch.content(), fetched, details, control, writes)
                : outcome;
    }

    /**
     * Moves the content into the store and settles; what remains to be done after a success is nothing. Until the move, which comes
     * last, all lies where the next run goes on from it: hashing and copying take minutes, and may fail or be stopped.
     */
    private Outcome stored(Claim claim, Path content, Outcome.Fetched fetched, Optional<ItemDetails> details, RunControl control,
            RunWrites writes) throws IOException {
        Outcome stopped = new Outcome.NotFetched(Reason.STOPPED, "The download was stopped.", fetched.exitCode());
        if (control.stop().isPresent()) {
            return stopped;
        }
        String version = fetched.version().isEmpty()
                ? details.map(known -> String.valueOf(known.updatedAt().getEpochSecond())).orElse("unknown") : fetched.version();
        ContentKey key = new ContentKey(claim.source().name().toLowerCase(Locale.ROOT), claim.appId(), claim.pubfileId(), version);
        List<String> paths = fetched.files().stream().map(FetchedFile::path).toList();
        Arrival arrival = store.scan(key, claim.fence(), content, paths);
        if (!writes.untilAnswered(() -> storage.reserve(claim, version, arrival.sizeBytes()))) {
            control.end(Stop.TOO_LARGE);
        }
        if (control.stop().isEmpty() && claim.exportFolder().isPresent()) {
            store.export(arrival, content, claim.exportFolder().get(), claim.fence(),
                    () -> writes.untilDone(() -> claims.isHeld(claim)));
        }
        if (control.stop().isPresent()) {
            return stopped;
        }
        store.takeIn(arrival, content);
        writes.untilDone(() -> {
            settlement.succeed(claim, arrival, fetched.exitCode());
            return true;
        });
        tidy(claim, arrival);
        return fetched;
    }

    /** The download is a success already; what is left undone here is swept later. */
    private void tidy(Claim claim, Arrival arrival) {
        try {
            folders.clean(claim);
            if (!store.dropIfUnused(arrival)) {
                store.digest(arrival);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "What download " + claim.downloadId() + " left could not all be put in order.", e);
        }
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
