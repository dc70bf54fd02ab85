package org.wallwhale.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wallwhale.config.Settings;
import org.wallwhale.engine.Reason;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.workshop.CollectionItems;
import org.wallwhale.workshop.Item;
import org.wallwhale.workshop.ItemDetails;
import org.wallwhale.workshop.MissingItem;
import org.wallwhale.workshop.PubfileId;
import org.wallwhale.workshop.SandboxItems;
import org.wallwhale.workshop.Workshop;
import org.wallwhale.workshop.WorkshopConfig;

/** Finds out what the named ids are: each item once, collections by their items. What cannot be downloaded is a result already. */
final class ItemSearch {
    private final boolean sandbox;
    private final Workshop workshop;
    private final List<DownloadResult> results;
    private final DirectListener listener;
    /** Where something was named, by its id, or by its text if it is none; of a collection's items that of the collection. */
    private final Map<String, Integer> places = new HashMap<>();

    ItemSearch(Settings settings, boolean sandbox, List<DownloadResult> results, DirectListener listener) {
        this.sandbox = sandbox;
        this.workshop = new Workshop(new WorkshopConfig(settings));
        this.results = results;
        this.listener = listener;
    }

    /** In the order in which they were named. */
    List<DirectItem> find(List<String> inputs) {
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < inputs.size(); i++) {
            String input = inputs.get(i);
            try {
                String id = PubfileId.parse(input).value();
                ids.add(id);
                places.putIfAbsent(id, i);
            } catch (ProblemException e) {
                places.putIfAbsent(input, i);
                results.add(DownloadResult.failed(input, null, DownloadResult.INVALID, e.getMessage(), ""));
            }
        }
        Map<String, DirectItem> items = new LinkedHashMap<>();
        Map<String, Item> known = known(ids);
        for (String id : ids) {
            if (known.get(id) instanceof ItemDetails details && details.isCollection()) {
                expand(details, items);
            } else {
                items.putIfAbsent(id, item(id, known));
            }
        }
        return new ArrayList<>(items.values());
    }

    /** Where it was named, from 0 on; items of a collection have one place. */
    int place(DownloadResult result) {
        return places.get(result.pubfileId() == null ? result.input() : result.pubfileId());
    }

    private void expand(ItemDetails collection, Map<String, DirectItem> items) {
        Optional<List<String>> children = CollectionItems.of(collection, workshop);
        if (children.isEmpty()) {
            results.add(DownloadResult.failed(collection.pubfileId(), collection.pubfileId(), Reason.DETAILS_UNKNOWN.code(),
                    "Steam did not say what all items of this collection are.", "Run the command again in a while."));
            return;
        }
        listener.remark("Collection " + collection.pubfileId() + "  " + collection.title() + ": " + children.get().size() + " items");
        Map<String, Item> known = known(children.get());
        children.get().forEach(id -> {
            items.putIfAbsent(id, item(id, known));
            places.putIfAbsent(id, places.get(collection.pubfileId()));
        });
    }

    private Map<String, Item> known(Collection<String> ids) {
        if (sandbox || ids.isEmpty()) {
            return Map.of();
        }
        return workshop.find(ids);
    }

    private DirectItem item(String id, Map<String, Item> known) {
        if (sandbox) {
            return new DirectItem(id, SandboxItems.find(id), Optional.empty());
        }
        Item item = known.get(id);
        return new DirectItem(id, Optional.ofNullable(item instanceof ItemDetails details ? details : null),
                Optional.ofNullable(item instanceof MissingItem missing ? missing : null));
    }
}
