package org.wallwhale.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.ItemFacts;
import org.wallwhale.download.Source;
import org.wallwhale.download.StorageService;
import org.wallwhale.engine.Outcome;
import org.wallwhale.engine.Reason;
import org.wallwhale.engine.Stop;
import org.wallwhale.store.Arrival;
import org.wallwhale.store.ContentKey;
import org.wallwhale.store.StoreService;
import org.wallwhale.workshop.CollectionItems;
import org.wallwhale.workshop.Item;
import org.wallwhale.workshop.ItemDetails;
import org.wallwhale.workshop.MissingItem;
import org.wallwhale.workshop.SandboxItems;
import org.wallwhale.workshop.Workshop;

/** Finds out what a claimed download comes down to before anything is fetched and any login is spent. */
@ApplicationScoped
class Preparation {
    @Inject
    private Workshop workshop;
    @Inject
    private ClaimService claims;
    @Inject
    private StoreService store;
    @Inject
    private StorageService storage;

    Plan prepare(Claim claim, RunControl control, RunWrites writes) {
        if (claim.source() == Source.SANDBOX) {
            Optional<ItemDetails> details = SandboxItems.find(claim.pubfileId());
            details.ifPresent(known -> describe(claim, known, writes));
            return new Plan.ToFetch(claim, details, true);
        }
        Optional<Item> item = workshop.find(claim.pubfileId());
        if (item.isEmpty()) {
            return unknown(claim, writes);
        }
        return item.get() instanceof ItemDetails details ? prepared(claim, details, control, writes)
                : hidden(claim, (MissingItem) item.get(), writes);
    }

    /** One login finds out that it cannot go without details; further ones would find out the same. */
    private Plan unknown(Claim claim, RunWrites writes) {
        if (claim.lastError().filter(Reason.DETAILS_UNKNOWN.code()::equals).isPresent()) {
            return refused(claim, new Outcome.NotFetched(Reason.DETAILS_UNKNOWN,
                    "Steam still does not say what item " + claim.pubfileId() + " is.", -1));
        }
        writes.untilDone(() -> claims.append(claim, List.of("Steam does not say what item " + claim.pubfileId()
                + " is; it is fetched without its details.")));
        return new Plan.ToFetch(claim, Optional.empty(), false);
    }

    /**
     * What an owner or a friend may see the public does not: only a login can tell, and only one that was asked for is spent on it,
     * not one for each item of a collection that is gone.
     */
    private Plan hidden(Claim claim, MissingItem item, RunWrites writes) {
        if (claim.accountName().isEmpty() || item.why() == MissingItem.Why.BANNED) {
            return refused(claim, ItemRules.missing(item, ""));
        }
        if (claim.partOfCollection()) {
            return refused(claim, ItemRules.missing(item, " Submit it by itself to have the Steam account \"" + claim.accountName().get() + "\" try it."));
        }
        writes.untilDone(() -> claims.append(claim, List.of("Steam shows the public no item " + item.pubfileId()
                + "; whether the Steam account \"" + claim.accountName().get() + "\" sees one is tried.")));
        return new Plan.ToFetch(claim, Optional.empty(), true);
    }

    private Plan prepared(Claim claim, ItemDetails details, RunControl control, RunWrites writes) {
        describe(claim, details, writes);
        Claim known = details.appId() == 0 ? claim : claim.withApp(details.appId());
        if (details.isCollection()) {
            return claim.partOfCollection() ? refused(known, new Outcome.NotFetched(Reason.COLLECTION,
                    "Item " + claim.pubfileId() + " of the collection is a collection itself.", -1))
                    : CollectionItems.of(details, workshop).<Plan>map(items -> new Plan.ToExpand(known, items)).orElseGet(() -> refused(known,
                            new Outcome.NotFetched(Reason.DETAILS_UNKNOWN, "Steam did not say what all items of this collection are.", -1)));
        }
        Optional<Arrival> stored = details.version().flatMap(version -> store.find(key(known, version)));
        if (stored.isPresent()) {
            return new Plan.Stored(known, stored.get());
        }
        if (details.sizeBytes() > storage.roomFor(known)) {
            control.end(Stop.TOO_LARGE);
            return refused(known, new Outcome.NotFetched(Reason.STOPPED, "The item is larger than it may be.", -1));
        }
        return claims.fits(details.sizeBytes()) ? new Plan.ToFetch(known, Optional.of(details), true) : refused(known, new Outcome.NotFetched(
                Reason.DISK_FULL, "The disk has no room for the " + details.sizeBytes() + " bytes of this item.", -1));
    }

    static ContentKey key(Claim claim, String version) {
        return new ContentKey(claim.source().name().toLowerCase(Locale.ROOT), claim.appId(), claim.pubfileId(), version);
    }

    private void describe(Claim claim, ItemDetails details, RunWrites writes) {
        ItemFacts facts = new ItemFacts(details.appId(), details.title(), details.previewUrl(), details.sizeBytes());
        writes.untilDone(() -> claims.describe(claim, facts));
    }

    private static Plan refused(Claim claim, Outcome.NotFetched outcome) {
        return new Plan.Refused(claim, outcome);
    }
}
