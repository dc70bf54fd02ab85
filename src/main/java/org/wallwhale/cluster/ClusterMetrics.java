package org.wallwhale.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import org.wallwhale.metrics.Registry;

/** Whether this instance hears of the others at once. On H2 there are none, and no metric. */
@ApplicationScoped
class ClusterMetrics {
    @Inject
    private Registry registry;
    @Inject
    private Notifier notifier;

    void declare(@Observes Startup start) {
        if (notifier.isNeeded()) {
            registry.gauge("wallwhale_notifications_listening",
                    "1 while the connection that hears of other instances is there, 0 while polling has to do",
                    () -> notifier.isListening() ? 1 : 0);
        }
    }
}
