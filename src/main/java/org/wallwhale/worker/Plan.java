package org.wallwhale.worker;

import java.util.List;
import java.util.Optional;
import org.wallwhale.download.Claim;
import org.wallwhale.engine.Outcome;
import org.wallwhale.store.Arrival;
import org.wallwhale.workshop.ItemDetails;

/** What is to be done for a claimed download, after Steam was asked what its item is. */
sealed interface Plan {
    /** The claim, with the app that the item is for. */
    Claim claim();

    /** Nothing can be fetched. */
    record Refused(Claim claim, Outcome.NotFetched outcome) implements Plan {
    }

    /** The store has this very version. */
    record Stored(Claim claim, Arrival content) implements Plan {
    }

    /** A collection: each of the items is a download of its own. */
    record ToExpand(Claim claim, List<String> items) implements Plan {
    }

    /**
     * To be fetched.
     *
     * @param details absent where Steam told none
     * @param isAnswered whether Steam said anything of the item at all
     */
    record ToFetch(Claim claim, Optional<ItemDetails> details, boolean isAnswered) implements Plan {
        /** Whether Steam said which app the item is for; else the settings' one is assumed. */
        boolean isAppKnown() {
            return details.filter(known -> known.appId() != 0).isPresent();
        }
    }
}
