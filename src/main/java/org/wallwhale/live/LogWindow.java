package org.wallwhale.live;

import java.util.ArrayList;
import java.util.List;

/** The newest entries of a log, so that many readers near its end share one query. Used by one thread at a time. */
final class LogWindow {
    /** Entries that are kept at least, once there are as many. */
    static final int KEPT = 512;
    private final List<LogEvent> events = new ArrayList<>();
    private long start;
    private long head;

    /** Empty, before entry {@code after} + 1. */
    LogWindow(long after) {
        start = after;
        head = after;
    }

    /** The number of the newest entry. */
    long head() {
        return head;
    }

    /** {@code more} follows the head. */
    void append(List<LogEvent> more) {
        events.addAll(more);
        if (events.size() > 2 * KEPT) {
            events.subList(0, events.size() - KEPT).clear();
            start = events.get(0).seq() - 1;
        }
        head = more.isEmpty() ? head : more.get(more.size() - 1).seq();
    }

    /** False for a reader who is too far behind and must read from the table. */
    boolean covers(long cursor) {
        return cursor >= start;
    }

    /** All entries after {@code cursor}. */
    List<LogEvent> after(long cursor) {
        int low = 0;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).seq() <= cursor) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return events.subList(low, events.size());
    }
}
