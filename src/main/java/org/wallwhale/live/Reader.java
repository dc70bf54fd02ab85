package org.wallwhale.live;

import java.util.Optional;
import org.wallwhale.access.Caller;
import org.wallwhale.download.LogSpan;

/** One open stream. Its cursor is moved by its feed alone. */
final class Reader {
    /** What a reader of one download is told: the lines as they are, or everything as JSON. */
    enum Form {
        TEXT,
        JSON
    }

    private final Caller caller;
    private final Form form;
    private final long until;
    private EventOutput output;
    private long cursor;
    private boolean snapshotDue;
    private String lastState;
    private Object seenProgress;

    private Reader(Caller caller, Form form, long cursor, long until, boolean snapshotDue) {
        this.caller = caller;
        this.form = form;
        this.cursor = cursor;
        this.until = until;
        this.snapshotDue = snapshotDue;
    }

    static Reader ofDownload(Form form, Caller caller, Start start, LogSpan span) {
        return new Reader(caller, form, start.cursor(span), span.until(), form == Form.JSON && start.after().isEmpty());
    }

    static Reader ofAll(Caller caller) {
        return new Reader(caller, Form.JSON, 0, LogSpan.OPEN, true);
    }

    /** Call it once, before the reader joins a feed. */
    void connect(EventOutput to) {
        output = to;
    }

    Caller caller() {
        return caller;
    }

    Form form() {
        return form;
    }

    EventOutput output() {
        return output;
    }

    long cursor() {
        return cursor;
    }

    /** True when the run it asked for has no entry after its cursor. */
    boolean isAtEnd() {
        return cursor >= until;
    }

    boolean isSnapshotDue() {
        return snapshotDue;
    }

    void snapshotSent() {
        snapshotDue = false;
    }

    /** The status that the newest state entry before the cursor told, if one was passed. */
    Optional<String> lastState() {
        return Optional.ofNullable(lastState);
    }

    void passed(LogEvent event) {
        cursor = event.seq();
        if (event.isState()) {
            lastState = event.text();
        }
    }

    boolean hasSeen(Object progress) {
        return seenProgress == progress;
    }

    void sawProgress(Object progress) {
        seenProgress = progress;
    }
}
