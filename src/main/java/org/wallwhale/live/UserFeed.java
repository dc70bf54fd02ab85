package org.wallwhale.live;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.wallwhale.download.DownloadListService;
import org.wallwhale.download.DownloadView;
import org.wallwhale.download.Progress;

/** All downloads of one user, or of everybody. It has no numbers: a reader starts with a snapshot and is told of each change after it. */
final class UserFeed extends Feed {
    private static final long POLL_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MOST_SHOWN = 200;
    /** Live downloads that polls look at; of further ones only news tell, as of those that wait beyond the first page. */
    private static final int MOST_KNOWN = 1000;
    private static final int MOST_A_TURN = 500;
    private final Optional<UUID> userId;
    private final String links;
    private final DownloadListService downloads;
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Progress> progress = new ConcurrentHashMap<>();
    private final Map<UUID, Instant> known = new HashMap<>();
    private volatile boolean pollDue;
    private volatile long polledAt = System.nanoTime();

    /** The newest downloads of the caller, or of everybody: live ones, and then the ones that finished last, 200 at most. */
    @Schema(name = "DownloadsSnapshot")
    record Snapshot(List<DownloadView> downloads) {
    }

    /**
     * How far a download is.
     *
     * @param percent 0 to 100
     * @param bytesTotal null until it is known
     * @param etaSeconds null while nobody can tell
     */
    @Schema(name = "DownloadProgress")
    record Moved(UUID id, int percent, long bytesDone, Long bytesTotal, long bytesPerSecond, Long etaSeconds) {
        static Moved of(Progress progress) {
            return new Moved(progress.downloadId(), progress.percent(), progress.bytesDone(), progress.bytesTotal(),
                    progress.bytesPerSecond(), progress.etaSeconds());
        }
    }

    /** Of everybody without a user. {@code links} is the address of all downloads. */
    UserFeed(Optional<UUID> userId, String links, DownloadListService downloads, Consumer<Feed> queue) {
        super(queue);
        this.userId = userId;
        this.links = links;
        this.downloads = downloads;
    }

    void changed(UUID downloadId) {
        changed.add(downloadId);
        wake();
    }

    void progressed(Progress newer) {
        progress.put(newer.downloadId(), newer);
        wake();
    }

    @Override
    void expire() {
        pollDue = true;
    }

    /** Looks at what is live now, and at what was live a moment ago. */
    @Override
    void poll(long now) {
        if (now - polledAt > POLL_NANOS) {
            expire();
            wake();
        }
    }

    @Override
    void turn() {
        tellChanges();
        tellProgress();
        tellSnapshots();
        readers().forEach(reader -> reader.output().drain());
    }

    private void tellChanges() {
        if (pollDue) {
            pollDue = false;
            polledAt = System.nanoTime();
            changed.addAll(known.keySet());
            changed.addAll(downloads.live(userId, MOST_SHOWN));
        }
        Set<UUID> ids = changed.stream().limit(MOST_A_TURN).collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return;
        }
        changed.removeAll(ids);
        List<DownloadView> views = found(ids);
        if (!changed.isEmpty()) {
            // not before this one was answered: without a database it would be asked without end
            wake();
        }
        for (DownloadView download : views) {
            if (!download.updatedAt().equals(remember(download))) {
                tell(Frame.json("download", Frame.json(download.linked(links))));
            }
        }
        known.keySet().retainAll(live(views, ids));
        if (known.size() > MOST_KNOWN) {
            // what a poll finds anyway must stay, or it would be told with each poll
            known.keySet().retainAll(downloads.live(userId, MOST_SHOWN));
        }
    }

    private List<DownloadView> found(Set<UUID> ids) {
        try {
            return downloads.find(userId, ids);
        } catch (RuntimeException e) {
            changed.addAll(ids);
            throw e;
        }
    }

    /** What was told of it last; a finished download is forgotten again by {@link #live}. */
    private Instant remember(DownloadView download) {
        return known.put(download.id(), download.updatedAt());
    }

    private Set<UUID> live(List<DownloadView> looked, Set<UUID> ids) {
        Set<UUID> live = new HashSet<>(known.keySet());
        live.removeAll(ids);
        looked.stream().filter(download -> !download.status().isFinished()).forEach(download -> live.add(download.id()));
        return live;
    }

    /** To those who follow everybody's nothing of the items of collections, of which they know nothing. */
    private void tellProgress() {
        for (UUID id : Set.copyOf(progress.keySet())) {
            Progress newest = progress.remove(id);
            if (userId.isEmpty() && !known.containsKey(id)) {
                continue;
            }
            byte[] event = Frame.json("progress", Frame.json(Moved.of(newest)));
            readers().stream().filter(reader -> !reader.isSnapshotDue() && reader.output().unsent() < EventOutput.MOST_UNSENT / 4)
                    .forEach(reader -> reader.output().offer(event));
        }
    }

    /** After the changes: whoever joins now finds them in the snapshot. */
    private void tellSnapshots() {
        List<Reader> due = readers().stream().filter(Reader::isSnapshotDue).toList();
        if (due.isEmpty()) {
            return;
        }
        List<DownloadView> views = downloads.newest(userId, MOST_SHOWN);
        views.stream().filter(download -> !download.status().isFinished()).forEach(this::remember);
        byte[] snapshot = Frame.json("snapshot",
                Frame.json(new Snapshot(views.stream().map(view -> view.linked(links)).toList())));
        for (Reader reader : due) {
            if (reader.output().offer(snapshot)) {
                reader.snapshotSent();
            }
        }
    }

    private void tell(byte[] event) {
        for (Reader reader : readers()) {
            if (!reader.isSnapshotDue() && !(reader.output().hasRoom() && reader.output().offer(event))) {
                reader.output().abort();
            }
        }
    }
}
