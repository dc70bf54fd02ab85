package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.wallwhale.access.Caller;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.workshop.Item;
import org.wallwhale.workshop.PubfileId;
import org.wallwhale.workshop.SandboxItems;
import org.wallwhale.workshop.Workshop;

/** Looks up what a person pasted. Whoever reaches the sandbox only is told of its items, offline. */
@ApplicationScoped
class ItemLookup {
    private Workshop workshop;

    ItemLookup() {
    }

    @Inject
    ItemLookup(Workshop workshop) {
        this.workshop = workshop;
    }

    LookedUpItems of(List<String> urlOrIds, Caller caller) {
        Map<Integer, PubfileId> ids = new LinkedHashMap<>();
        List<LookedUpItems.Line> lines = new ArrayList<>();
        for (String urlOrId : urlOrIds) {
            lines.add(LookedUpItems.Line.invalid(urlOrId, fault(urlOrId, ids, lines.size())));
        }
        Set<String> wanted = Set.copyOf(ids.values().stream().map(PubfileId::value).toList());
        Map<String, Item> items = caller.sandboxOnly() ? sandbox(wanted) : workshop.lookUp(wanted);
        Map<PubfileId, Integer> first = new HashMap<>();
        ids.forEach((line, id) -> lines.set(line, LookedUpItems.Line.of(urlOrIds.get(line), id, first.putIfAbsent(id, line),
                Optional.ofNullable(items.get(id.value())))));
        return new LookedUpItems(lines);
    }

    /** Null for a line that names an item, which goes to {@code ids} then. */
    private static String fault(String urlOrId, Map<Integer, PubfileId> ids, int line) {
        try {
            ids.put(line, PubfileId.parse(Objects.requireNonNullElse(urlOrId, "")));
            return null;
        } catch (ProblemException e) {
            return e.getMessage();
        }
    }

    private static Map<String, Item> sandbox(Set<String> ids) {
        Map<String, Item> items = new HashMap<>();
        ids.forEach(id -> SandboxItems.find(id).ifPresent(item -> items.put(id, item)));
        return items;
    }
}
