package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import org.wallwhale.metrics.Registry;

/** How long the queue of all instances is, and why it waits, as they were when somebody last looked. */
@ApplicationScoped
public class QueueMetrics {
    private static final int MOST_COUNTED = 10_000;
    private static final int ASKED_WHY = 200;
    private DownloadListService downloads;
    private volatile Map<String, Double> numbers = Map.of();
    private volatile Map<String, Double> waiting = Map.of();

    QueueMetrics() {
    }

    @Inject
    QueueMetrics(Registry registry, DownloadListService downloads) {
        this.downloads = downloads;
        registry.gauges("wallwhale_downloads", "Downloads of all instances by status, counted up to " + MOST_COUNTED, "status",
                () -> numbers);
        registry.gauges("wallwhale_downloads_waiting", "Why the first " + ASKED_WHY + " downloads of the queue wait", "reason",
                () -> waiting);
    }

    /** Looks again. */
    public void refresh() {
        DownloadListService.Census census = downloads.census(MOST_COUNTED, ASKED_WHY);
        // a reason that nothing waits for any longer is 0, and not as it was
        Map<String, Double> now = new TreeMap<>();
        waiting.keySet().forEach(reason -> now.put(reason, 0.0));
        census.waiting().forEach((reason, number) -> now.put(reason, (double) number));
        waiting = now;
        numbers = census.downloads();
    }
}
