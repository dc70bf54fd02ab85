package org.wallwhale.workshop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the items of a collection, those of collections in it included: each once, whatever circles there are, at most 1,000, and
 * from no deeper than five collections in each other. Whether an id is a collection is not known while Steam does not answer: then
 * nothing is found.
 */
public final class CollectionItems {
    private static final int MOST_ITEMS = 1000;
    private static final int DEEPEST = 5;

    private CollectionItems() {
    }

    /** In the order of the collection, with those of deeper ones after the others. */
    public static Optional<List<String>> of(ItemDetails collection, Workshop workshop) {
        Set<String> items = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>(Set.of(collection.pubfileId()));
        List<String> level = collection.children();
        for (int depth = 0; depth < DEEPEST && !level.isEmpty(); depth++) {
            List<String> fresh = level.stream().filter(seen::add).limit(MOST_ITEMS).toList();
            Map<String, Item> known = workshop.find(fresh);
            if (known.size() < fresh.size()) {
                return Optional.empty();
            }
            List<String> deeper = new ArrayList<>();
            for (String id : fresh) {
                if (known.get(id) instanceof ItemDetails details && details.isCollection()) {
                    deeper.addAll(details.children());
                } else if (items.size() < MOST_ITEMS) {
                    items.add(id);
                }
            }
            level = deeper;
        }
        return Optional.of(List.copyOf(items));
    }
}
