package org.wallwhale.download;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.UUID;
import org.wallwhale.cluster.Notified;
import org.wallwhale.cluster.Notifier;

/** The newest progress of each download that runs, here or on another instance, in memory only. */
@ApplicationScoped
public class ProgressBoard {
    private static final String TOPIC = "progress";
    /** More than run at any time; nobody tells when another instance's is of no use any longer. */
    private static final int MOST = 10_000;
    private final Cache<UUID, Progress> newest = Caffeine.newBuilder().maximumSize(MOST).build();
    private Event<Progress> event;
    private Notifier others;

    ProgressBoard() {
    }

    @Inject
    ProgressBoard(Event<Progress> event, Notifier others) {
        this.event = event;
        this.others = others;
    }

    /** Of a run of this instance. */
    public void put(Progress progress) {
        others.tell(TOPIC, progress.downloadId().toString(), progress.text());
        show(progress);
    }

    void hear(@Observes Notified news) {
        if (news.topic().equals(TOPIC)) {
            news.texts().forEach(text -> show(Progress.of(text)));
        }
    }

    /** Unless it comes late, from a run that was overtaken. */
    private void show(Progress progress) {
        Progress shown = newest.asMap().merge(progress.downloadId(), progress,
                (known, now) -> now.fence() < known.fence() ? known : now);
        if (shown == progress) {
            event.fire(progress);
        }
    }

    public void forget(UUID downloadId) {
        newest.invalidate(downloadId);
    }

    /** Of a queued download: that of the run of its item that it waits for. */
    Progress ofAwaited(Download download) {
        Progress progress = newest.getIfPresent(download.id());
        return progress == null || progress.fence() <= download.lease().fence() ? Progress.none(download) : progress;
    }

    /** What an earlier claim reached counts no longer. */
    Progress of(Download download) {
        Progress progress = download.status() == Status.RUNNING ? newest.getIfPresent(download.id()) : null;
        return progress == null || progress.fence() != download.lease().fence() ? Progress.none(download) : progress;
    }
}
