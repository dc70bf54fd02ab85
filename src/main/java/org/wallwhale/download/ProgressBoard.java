package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The newest progress of each running download, in memory only. */
@ApplicationScoped
public class ProgressBoard {
    private final Map<UUID, Progress> newest = new ConcurrentHashMap<>();
    private Event<Progress> event;

    ProgressBoard() {
    }

    @Inject
    ProgressBoard(Event<Progress> event) {
        this.event = event;
    }

    public void put(Progress progress) {
        newest.put(progress.downloadId(), progress);
        event.fire(progress);
    }

    public void forget(UUID downloadId) {
        newest.remove(downloadId);
    }

    Progress of(Download download) {
        Progress progress = download.status() == Status.RUNNING ? newest.get(download.id()) : null;
        return progress == null ? Progress.none(download) : progress;
    }
}
