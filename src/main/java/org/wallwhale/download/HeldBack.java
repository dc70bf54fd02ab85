package org.wallwhale.download;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What keeps queued downloads from being claimed, by the same questions as the claim's.
 *
 * @param sameItem downloads whose item another one is fetching
 * @param users who have as many downloads running as they may
 * @param keys the same of API keys
 */
record HeldBack(Set<UUID> sameItem, Set<UUID> users, Set<UUID> keys) {
    Optional<String> sentence(Download download) {
        if (sameItem.contains(download.id())) {
            return Optional.of("The same item is being fetched.");
        }
        if (users.contains(download.wish().userId())) {
            return Optional.of("As many downloads of its owner are running as may at once.");
        }
        return download.wish().apiKeyId() != null && keys.contains(download.wish().apiKeyId())
                ? Optional.of("As many downloads of its API key are running as may at once.") : Optional.empty();
    }
}
