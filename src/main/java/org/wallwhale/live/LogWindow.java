package org.wallwhale.live;

import java.util.ArrayList;
import java.util.List;

/** The newest entries of a log, so that many readers near its end share one query. Used by one thread at a time. */
final class LogWindow {
    /** Entries that are kept at least, once there are as many, unless they are long. */
    static final int KEPT = 512;
    /** Of text; with its bytes in both forms an entry takes some four times as much memory. */
    static final int MOST_CHARACTERS = 512 * 1024;
    private final List<LogEvent> events = new ArrayList<>();
    private long start;
    private long head;
    private long characters;

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
        more.forEach(event -> characters += event.text().length());
        if (events.size() > 2 * KEPT || characters > MOST_CHARACTERS) {
            forget();
        }
        head = more.isEmpty() ? head : more.get(more.size() - 1).seq();
    }

    /** Far enough that it is seldom needed. */
    private void forget() {
        int gone = 0;
        while (events.size() - gone > KEPT || characters > MOST_CHARACTERS / 2 && events.size() - gone > 1) {
            characters -= events.get(gone++).text().length();
        }
        events.subList(0, gone).clear();
        start = events.get(0).seq() - 1;
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
