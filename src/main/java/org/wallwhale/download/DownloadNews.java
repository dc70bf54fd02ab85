package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.UUID;
import org.wallwhale.cluster.Notified;
import org.wallwhale.cluster.Notifier;

/** Carries what is committed about downloads from instance to instance, as ids: whoever hears of them looks into the tables. */
@ApplicationScoped
class DownloadNews {
    private static final String CHANGED = "download";
    private static final String QUEUE = "queue";
    private static final String CANCEL = "cancel";
    private Notifier others;
    private Event<ChangedElsewhere> changed;
    private Event<QueueMoved> queue;
    private Event<CancelAsked> cancel;

    DownloadNews() {
    }

    @Inject
    DownloadNews(Notifier others, Event<ChangedElsewhere> changed, Event<QueueMoved> queue, Event<CancelAsked> cancel) {
        this.others = others;
        this.changed = changed;
        this.queue = queue;
        this.cancel = cancel;
    }

    void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) DownloadChanged event) {
        others.tell(CHANGED, event.id() + " " + event.userId());
        if (event.phase() == Phase.CANCELING) {
            others.tell(CANCEL, String.valueOf(event.fence()));
        } else if (event.status() != Status.RUNNING) {
            others.tell(QUEUE, "");
        }
    }

    void hear(@Observes Notified news) {
        switch (news.topic()) {
            case CHANGED -> news.texts().forEach(this::changed);
            case QUEUE -> queue.fire(new QueueMoved());
            case CANCEL -> news.texts().forEach(fence -> cancel.fire(new CancelAsked(Long.parseLong(fence))));
            default -> {
                // of another room
            }
        }
    }

    private void changed(String ids) {
        int blank = ids.indexOf(' ');
        changed.fire(new ChangedElsewhere(UUID.fromString(ids.substring(0, blank)), UUID.fromString(ids.substring(blank + 1))));
    }
}
