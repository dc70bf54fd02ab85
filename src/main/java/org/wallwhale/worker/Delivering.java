package org.wallwhale.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.StorageService;
import org.wallwhale.engine.FetchedFile;
import org.wallwhale.engine.Outcome;
import org.wallwhale.engine.Reason;
import org.wallwhale.engine.Stop;
import org.wallwhale.store.Arrival;
import org.wallwhale.store.StoreService;
import org.wallwhale.workshop.ItemDetails;
import org.wallwhale.workshop.Workshop;

/** Brings content to a download: what a run fetched into the store, or what the store has already. */
@ApplicationScoped
class Delivering {
    private static final Logger LOG = System.getLogger(Delivering.class.getName());
    private static final Outcome STOPPED = new Outcome.NotFetched(Reason.STOPPED, "The download was stopped.", 0);
    @Inject
    private ClaimService claims;
    @Inject
    private SettleService settlement;
    @Inject
    private StoreService store;
    @Inject
    private StorageService storage;
    @Inject
    private WorkFolders folders;
    @Inject
    private Workshop workshop;
    @Inject
    private RunMetrics metrics;

    /**
     * Settles a download by what the store has; empty when that was cleaned away meanwhile. Whatever an earlier run of it left is of
     * no use any longer.
     */
    Optional<Outcome> reuse(Claim claim, Arrival stored, RunControl control, RunWrites writes) throws IOException {
        writes.untilDone(() -> claims.append(claim, List.of("The store has version " + stored.key().version() + " already: nothing is fetched.")));
        if (!mayKeep(claim, stored, control, writes)) {
            return Optional.of(STOPPED);
        }
        if (claim.exportFolder().isPresent()) {
            store.export(stored, claim.exportFolder().get(), claim.fence(), () -> writes.untilDone(() -> claims.isHeld(claim)));
        }
        if (control.stop().isPresent()) {
            return Optional.of(STOPPED);
        }
        if (!store.isWhole(stored) || !writes.untilAnswered(() -> Optional.of(settlement.reuse(claim, stored)))) {
            return Optional.empty();
        }
        folders.clean(claim);
        return Optional.of(new Outcome.Fetched(List.of(), stored.key().version(), 0));
    }

    /**
     * Moves fetched content into the store and settles; what remains to be done after a success is nothing. Until the move, which
     * comes last, all lies where the next run goes on from it: hashing and copying take minutes, and may fail or be stopped.
     */
    Outcome deliver(Claim claim, Path content, Outcome.Fetched fetched, Optional<ItemDetails> details, RunControl control,
            RunWrites writes) throws IOException {
        if (control.stop().isPresent()) {
            return STOPPED;
        }
        String version = version(claim, fetched, details, writes);
        List<String> paths = fetched.files().stream().map(FetchedFile::path).toList();
        Arrival arrival = store.scan(Preparation.key(claim, version), claim.fence(), content, paths);
        if (mayKeep(claim, arrival, control, writes) && claim.exportFolder().isPresent()) {
            store.export(arrival, content, claim.exportFolder().get(), claim.fence(),
                    () -> writes.untilDone(() -> claims.isHeld(claim)));
        }
        if (control.stop().isPresent()) {
            return STOPPED;
        }
        store.takeIn(arrival, content);
        writes.untilDone(() -> metrics.settling(() -> {
            settlement.succeed(claim, arrival, store.lostCopy(arrival), fetched.exitCode());
            return true;
        }));
        tidy(claim, arrival);
        return fetched;
    }

    private boolean mayKeep(Claim claim, Arrival content, RunControl control, RunWrites writes) {
        if (!writes.untilAnswered(() -> storage.reserve(claim, content.key().version(), content.sizeBytes()))) {
            control.end(Stop.TOO_LARGE);
        }
        return control.stop().isEmpty();
    }

    /** What the tool printed counts more than what Steam said before. */
    private String version(Claim claim, Outcome.Fetched fetched, Optional<ItemDetails> details, RunWrites writes) {
        String version = ItemRules.version(fetched, details);
        if (!fetched.version().isEmpty() && details.flatMap(ItemDetails::manifestId).filter(manifest -> !manifest.equals(version)).isPresent()) {
            workshop.forget(claim.pubfileId());
            writes.untilDone(() -> claims.append(claim, List.of("The item was updated: this is version " + version + ".")));
        }
        return version;
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
}
