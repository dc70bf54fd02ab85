package org.wallwhale.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.Delivery;
import org.wallwhale.store.Arrival;
import org.wallwhale.store.StoreService;

/** The one door to success: the content's row and the download's end are committed together, or neither is. */
@ApplicationScoped
class SettleService {
    private ClaimService claims;
    private StoreService store;

    SettleService() {
    }

    @Inject
    SettleService(ClaimService claims, StoreService store) {
        this.claims = claims;
        this.store = store;
    }

    /** The same with what the store has already. False, and nothing written, when it was cleaned away meanwhile. */
    @Transactional
    boolean reuse(Claim claim, Arrival stored) {
        Optional<UUID> content = store.keep(stored);
        content.ifPresent(id -> succeed(claim, stored, id, 0));
        return content.isPresent();
    }

    /**
     * {@link OvertakenException}, and nothing written, once a newer claim exists.
     *
     * @param lostCopy what {@link StoreService#lostCopy} said directly before
     */
    @Transactional
    void succeed(Claim claim, Arrival arrival, Optional<String> lostCopy, int exitCode) {
        succeed(claim, arrival, store.register(arrival, lostCopy), exitCode);
    }

    private void succeed(Claim claim, Arrival arrival, UUID content, int exitCode) {
        Delivery delivery = new Delivery(content, arrival.key().version(), arrival.sizeBytes(), store.keptFor());
        List<String> lines = List.of("Archive created: " + arrival.files().size() + (arrival.files().size() == 1 ? " file, " : " files, ")
                + arrival.sizeBytes() + " bytes.");
        OvertakenException.unless(claims.succeed(claim, delivery, lines, exitCode));
    }
}
