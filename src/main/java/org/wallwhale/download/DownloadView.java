package org.wallwhale.download;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.wallwhale.steam.GuardPrompt;

/**
 * A download on the wire. A null member is present.
 *
 * @param collectionId the download of the collection that it is an item of; null for one by itself
 * @param kind {@code item} or {@code collection}
 * @param phase what it does while it is live, {@code ready} when it succeeded; null when it failed or was canceled
 * @param waitingFor one sentence while it waits, else null
 * @param needsInput what Steam Guard asks of a person, else null
 * @param accountName the account it names, or else the one that it logs in with; null for none
 * @param saveRoot the folder of the export; null for none
 * @param priority -100 to 100: higher goes first among the downloads of one owner
 * @param startAt while it is queued: it starts no earlier; null for at once
 * @param progress 0 to 100
 * @param bytesDone really written
 * @param bytesTotal null until it is known
 * @param etaSeconds null while nobody can tell
 * @param title null until it is known, as {@code previewUrl}
 * @param previewUrl null where Steam has none
 * @param appId 0 until it is known
 * @param version the item's version once it is known, before that null
 * @param attempt how often it was run
 * @param startedAt of the newest attempt; null before the first
 * @param completedAt null while it is live
 * @param error why it failed, else null
 * @param errorMessage the error's message, else null: older clients read it
 * @param contentAvailable whether its zip and its files can be had
 * @param expiresAt when its content may be cleaned away; null for never, and where there is none
 * @param children counts by status, for a collection; null for an item
 * @param links addresses of it and of what belongs to it, by name: self, logs, events, zip, files, children
 */
public record DownloadView(UUID id, UUID userId, UUID collectionId, String pubfileId, Kind kind, Status status, Phase phase, String waitingFor,
        GuardPrompt needsInput, String accountName, String saveRoot, int priority, Instant startAt, int progress, long bytesDone, Long bytesTotal, long bytesPerSecond,
        Long etaSeconds, String title, String previewUrl, long appId, String version, int attempt, Instant createdAt,
        Instant updatedAt, Instant startedAt, Instant completedAt, Failure error, String errorMessage, boolean contentAvailable,
        Instant expiresAt, Map<Status, Integer> children, Map<String, String> links) {

    /** {@code parts} are those of a collection, null for an item. */
    static DownloadView of(Download download, String waitingFor, GuardPrompt needsInput, Progress progress, Parts parts) {
        Wish wish = download.wish();
        Times times = download.times();
        Failure error = download.attempts().error().orElse(null);
        boolean done = download.status() == Status.SUCCESS;
        Long total = done ? download.holdings().bytesTotal() : progress.bytesTotal();
        return new DownloadView(download.id(), wish.userId(), download.parentId(), wish.pubfileId(), download.description().kind(), download.status(), download.phase(),
                waitingFor, needsInput, wish.accountName() == null ? download.seating().alias() : wish.accountName(), wish.saveRoot(),
                wish.priority(), download.status() == Status.QUEUED ? download.attempts().startAt() : null, done ? 100 : progress.percent(), done ? total : progress.bytesDone(), total, progress.bytesPerSecond(),
                progress.etaSeconds(), download.description().title(), download.description().previewUrl(), wish.appId(), download.holdings().version(),
                download.attempts().made(), times.createdAt(), times.updatedAt(),
                times.startedAt(), times.completedAt(), error, error == null ? null : error.message(),
                download.holdings().hasContent() || parts != null && parts.contentAvailable(), download.holdings().expiresAt(),
                parts == null ? null : parts.counts(), Map.of());
    }

    /** For its ETag: that of {@link Download#revision}. */
    long revision() {
        return updatedAt.toEpochMilli();
    }

    /** The same with its links, which need to know where the application lies. */
    public DownloadView linked(String downloads) {
        String self = downloads + "/" + id;
        Map<String, String> found = new TreeMap<>(Map.of("self", self, "logs", self + "/logs", "events", self + "/events"));
        if (contentAvailable) {
            found.putAll(Map.of("zip", self + "/zip", "files", self + "/files"));
        }
        if (kind == Kind.COLLECTION) {
            found.put("children", self + "/children");
        }
        return new DownloadView(id, userId, collectionId, pubfileId, kind, status, phase, waitingFor, needsInput, accountName, saveRoot, priority, startAt,
                progress, bytesDone, bytesTotal, bytesPerSecond, etaSeconds, title, previewUrl, appId, version, attempt, createdAt, updatedAt,
                startedAt, completedAt, error, errorMessage, contentAvailable, expiresAt, children, found);
    }
}
