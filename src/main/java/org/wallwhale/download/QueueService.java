package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.wallwhale.access.Caller;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.NeedsNoRoom;

/** Pauses and resumes the queue of all instances. What runs goes on, what is submitted is accepted and waits. */
@ApplicationScoped
public class QueueService {
    private QueueRepository queue;
    private AuditService audit;

    QueueService() {
    }

    @Inject
    QueueService(QueueRepository queue, AuditService audit) {
        this.queue = queue;
        this.audit = audit;
    }

    @NeedsNoRoom
    @Transactional
    public boolean isPaused() {
        return queue.isPaused();
    }

    /** Nothing is claimed on any instance once this returns; pausing a paused queue changes nothing. */
    @Transactional
    public void pause(Caller caller) {
        set(true, caller, "queue.pause");
    }

    /** Claims begin again within two seconds. */
    @Transactional
    public void resume(Caller caller) {
        set(false, caller, "queue.resume");
    }

    private void set(boolean paused, Caller caller, String action) {
        queue.lockClaims();
        if (queue.isPaused() != paused) {
            queue.pause(paused);
            audit.done(caller.actor(), action, "queue", null, null);
        }
    }
}
