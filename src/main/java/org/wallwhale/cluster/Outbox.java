package org.wallwhale.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wallwhale.database.NotificationChannel;

/**
 * What waits to be told to the other instances: of each thing the newest, in the order in which they came up. Too much of it is
 * only one piece of news: that everything may have changed.
 */
final class Outbox {
    static final int MOST_WAITING = 2_000;
    private final String sender;
    private final Map<List<String>, News> waiting = new LinkedHashMap<>();
    private boolean everything;

    /** {@code sender} has no line break, nor has anything that is added. */
    Outbox(String sender) {
        this.sender = sender;
    }

    /** Takes the place of what waits of the same topic and key. */
    synchronized void add(String topic, String key, String text) {
        if (waiting.size() >= MOST_WAITING) {
            collapse();
        } else if (!everything) {
            waiting.put(List.of(topic, key), new News(topic, text));
        }
    }

    /** What was taken may be lost. */
    synchronized void collapse() {
        waiting.clear();
        everything = true;
    }

    /** The next payload, of at most {@link NotificationChannel#MOST_BYTES}; empty when nothing waits. What does not fit waits on. */
    synchronized Optional<String> next() {
        List<News> taken = new ArrayList<>();
        if (everything) {
            everything = false;
            taken.add(News.EVERYTHING);
        }
        int bytes = sender.length();
        for (Iterator<News> left = waiting.values().iterator(); left.hasNext();) {
            News news = left.next();
            bytes += 1 + news.line().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > NotificationChannel.MOST_BYTES) {
                break;
            }
            taken.add(news);
            left.remove();
        }
        return taken.isEmpty() ? Optional.empty() : Optional.of(News.payload(sender, taken));
    }
}
