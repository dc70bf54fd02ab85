package org.wallwhale.steam;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.wallwhale.cluster.Notified;
import org.wallwhale.cluster.Notifier;

/** Says which runs of this instance were answered, here or on another instance. A run that hears nothing looks by itself. */
@ApplicationScoped
public class GuardBell {
    private static final String TOPIC = "guard";
    /** By subject: whether it was rung. */
    private final ConcurrentHashMap<UUID, Boolean> listening = new ConcurrentHashMap<>();
    private Notifier others;

    GuardBell() {
    }

    @Inject
    GuardBell(Notifier others) {
        this.others = others;
    }

    /** From now on, until {@link #leave}. */
    public void listen(UUID subject) {
        listening.put(subject, false);
    }

    public void leave(UUID subject) {
        listening.remove(subject);
    }

    /** True once for each time that it was rung. */
    public boolean rang(UUID subject) {
        return listening.replace(subject, true, false);
    }

    void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) PromptAnswered event) {
        listening.replace(event.subjectId(), true);
        others.tell(TOPIC, event.subjectId().toString());
    }

    void hear(@Observes Notified news) {
        if (news.topic().equals(TOPIC)) {
            news.texts().forEach(subject -> listening.replace(UUID.fromString(subject), true));
        }
    }
}
