package org.wallwhale.worker;

import java.util.Optional;
import org.wallwhale.engine.Outcome;
import org.wallwhale.engine.Reason;
import org.wallwhale.workshop.ItemDetails;
import org.wallwhale.workshop.MissingItem;

/** What Steam's public details and the end of a run make of an item, whoever runs it: pure, and without the database. */
public final class ItemRules {
    private ItemRules() {
    }

    /** That the public does not see it ends a download; {@code hint} is appended, with a blank before it, where a login may help. */
    public static Outcome.NotFetched missing(MissingItem item, String hint) {
        String id = item.pubfileId();
        return switch (item.why()) {
            case NOT_FOUND -> new Outcome.NotFetched(Reason.ITEM_NOT_FOUND, "Steam shows the public no item " + id + "." + hint, -1);
            case PRIVATE -> new Outcome.NotFetched(Reason.ITEM_DENIED, "Item " + id + " is not public." + hint, -1);
            case BANNED -> new Outcome.NotFetched(Reason.ITEM_BANNED, "Steam banned item " + id + ".", -1);
        };
    }

    /** That the tool offers a single web file may pass where Steam was asked in vain what the item is. */
    public static Outcome told(boolean isAnswered, Outcome end) {
        return !isAnswered && end instanceof Outcome.NotFetched failed && failed.reason() == Reason.COLLECTION
                ? new Outcome.NotFetched(Reason.DETAILS_UNKNOWN, failed.detail(), failed.exitCode()) : end;
    }

    /** What the tool printed counts more than what Steam said before. */
    public static String version(Outcome.Fetched fetched, Optional<ItemDetails> details) {
        return Optional.of(fetched.version()).filter(printed -> !printed.isEmpty()).or(() -> details.flatMap(ItemDetails::version))
                .or(() -> details.map(known -> String.valueOf(known.updatedAt().getEpochSecond()))).orElse("unknown");
    }
}
