package org.wallwhale.download;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What keeps queued downloads from being claimed, by the same questions as the claim's.
 *
 * @param everything a sentence, where nothing at all is started
 * @param sameItem downloads whose item another one is fetching
 * @param tooLarge downloads that the disk has no room for
 * @param users who have as many downloads running as they may
 * @param keys the same of API keys
 */
record HeldBack(Optional<String> everything, Set<UUID> sameItem, Set<UUID> tooLarge, Set<UUID> users, Set<UUID> keys) {
    static final HeldBack NOTHING = new HeldBack(Optional.empty(), Set.of(), Set.of(), Set.of(), Set.of());

    /** A download whose item is being fetched by another one shows how far that one is. */
    Progress progress(Download download, ProgressBoard board) {
        return sameItem.contains(download.id()) ? board.ofAwaited(download) : board.of(download);
    }

    Optional<String> sentence(Download download) {
        if (everything.isPresent()) {
            return everything;
        }
        if (sameItem.contains(download.id())) {
            return Optional.of("The same item is being fetched.");
        }
        if (tooLarge.contains(download.id())) {
            return Optional.of("The server's disk has not enough free space for this item.");
        }
        if (users.contains(download.wish().userId())) {
            return Optional.of("As many downloads of its owner are running as may at once.");
        }
        return download.wish().apiKeyId() != null && keys.contains(download.wish().apiKeyId())
                ? Optional.of("As many downloads of its API key are running as may at once.") : Optional.empty();
    }
}
