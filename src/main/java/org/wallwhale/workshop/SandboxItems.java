package org.wallwhale.workshop;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sandbox's item details, known offline. Its items behave by the last two digits of their id: 04, 36 and 44 are web files,
 * 23 does not exist.
 */
public final class SandboxItems {
    private static final Set<String> WEB_FILES = Set.of("04", "36", "44");
    private static final Instant UPDATED = Instant.parse("2026-01-31T12:34:56Z");

    private SandboxItems() {
    }

    public static Optional<ItemDetails> find(String pubfileId) {
        String scenario = pubfileId.length() < 2 ? "0" + pubfileId : pubfileId.substring(pubfileId.length() - 2);
        return scenario.equals("23") ? Optional.empty() : Optional.of(new ItemDetails(pubfileId, 0, "Sandbox item " + pubfileId,
                Optional.empty(), -1, Optional.empty(), Optional.of(new WebFile("sandbox:" + pubfileId, pubfileId))
                .filter(file -> WEB_FILES.contains(scenario)), UPDATED, List.of()));
    }
}
