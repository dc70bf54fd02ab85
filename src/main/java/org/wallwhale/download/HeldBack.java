package org.wallwhale.download;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What keeps queued downloads from being claimed, by the same questions as the claim's.
 *
 * @param everything a sentence, where nothing at all is started
 * @param reasons of single downloads; none for those that nothing holds back
 * @param logins a sentence for each download that waits for a login to Steam
 */
record HeldBack(Optional<String> everything, Map<UUID, Reason> reasons, Map<UUID, String> logins) {
    static final HeldBack NOTHING = new HeldBack(Optional.empty(), Map.of());

    /** Where nothing waits for a login. */
    HeldBack(Optional<String> everything, Map<UUID, Reason> reasons) {
        this(everything, reasons, Map.of());
    }

    HeldBack withLogins(Map<UUID, String> sentences) {
        return new HeldBack(everything, reasons, sentences);
    }

    Optional<String> login(Download download) {
        return Optional.ofNullable(logins.get(download.id()));
    }

    enum Reason {
        SAME_ITEM_RUNS("The same item is being fetched."),
        TOO_LARGE("The server's disk has not enough free space for this item."),
        OWNER_AT_LIMIT("As many downloads of its owner are running as may at once."),
        KEY_AT_LIMIT("As many downloads of its API key are running as may at once.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
    }

    /** A download whose item is being fetched by another one shows how far that one is. */
    Progress progress(Download download, ProgressBoard board) {
        return reasons.get(download.id()) == Reason.SAME_ITEM_RUNS ? board.ofAwaited(download) : board.of(download);
    }

    Optional<String> sentence(Download download) {
        return everything.or(() -> Optional.ofNullable(reasons.get(download.id())).map(reason -> reason.sentence)).or(() -> login(download));
    }

    /** As {@link #sentence}, in a word. */
    Optional<String> word(Download download) {
        return everything.map(all -> "nothing_starts").or(() -> Optional.ofNullable(reasons.get(download.id())).map(reason ->
                reason.name().toLowerCase(Locale.ROOT))).or(() -> login(download).map(sentence -> "login"));
    }
}
