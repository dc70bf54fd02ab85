package org.wallwhale.cli;

import java.util.Optional;
import org.wallwhale.workshop.ItemDetails;
import org.wallwhale.workshop.MissingItem;

/**
 * An item to fetch, with what Steam publicly says of it.
 *
 * @param details empty where Steam told none
 * @param missing that the public does not see it
 */
record DirectItem(String pubfileId, Optional<ItemDetails> details, Optional<MissingItem> missing) {
    /** Whether Steam said anything of it at all. */
    boolean isAnswered() {
        return details.isPresent() || missing.isPresent();
    }

    String title() {
        return details.map(ItemDetails::title).orElse("");
    }
}
