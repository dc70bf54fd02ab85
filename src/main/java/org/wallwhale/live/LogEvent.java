package org.wallwhale.live;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.wallwhale.download.LogEntry;

/** One entry of a log, made into bytes at most once per form and shared by all readers. Used by one thread at a time. */
final class LogEvent {
    private final LogEntry entry;
    private byte[] line;
    private byte[] json;
    private String told;
    private byte[] state;

    /** A line of the log. {@code seq} is the event's id. */
    @Schema(name = "LogEvent")
    record Line(long seq, String text, Instant at) {
    }

    LogEvent(LogEntry entry) {
        this.entry = entry;
    }

    long seq() {
        return entry.seq();
    }

    boolean isState() {
        return entry.isState();
    }

    String text() {
        return entry.text();
    }

    byte[] line() {
        if (line == null) {
            line = Frame.line(entry.seq(), entry.text());
        }
        return line;
    }

    byte[] json() {
        if (json == null) {
            json = Frame.json(entry.seq(), "log", Frame.json(new Line(entry.seq(), entry.text(), entry.at())));
        }
        return json;
    }

    /** For an entry that is a state: {@code download} is the whole of it, as JSON. */
    byte[] state(String download) {
        if (told != download) {
            state = Frame.json(entry.seq(), "state", download);
            told = download;
        }
        return state;
    }
}
