package org.wallwhale.workshop;

import java.time.Instant;
import java.util.Optional;

/**
 * The sandbox's item details, known offline. Its items behave by the last two digits of their id: 04 and 36 are web files, 23
 * does not exist.
 */
public final class SandboxItems {
    private static final Instant UPDATED = Instant.parse("2026-01-31T12:34:56Z");

    private SandboxItems() {
    }

    public static Optional<ItemDetails> find(String pubfileId) {
        String scenario = pubfileId.length() < 2 ? "0" + pubfileId : pubfileId.substring(pubfileId.length() - 2);
        return scenario.equals("23") ? Optional.empty() : Optional.of(new ItemDetails(pubfileId, "Sandbox item " + pubfileId,
                scenario.equals("04") || scenario.equals("36"), UPDATED));
    }
}
