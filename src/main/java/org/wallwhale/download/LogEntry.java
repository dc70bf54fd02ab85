package org.wallwhale.download;

import java.time.Instant;

/**
 * One entry of a download's log as readers see it.
 *
 * @param seq the download's own number: it only grows, without a gap
 * @param kind {@code line}, or {@code state} for a change of the download itself
 * @param text the line, or the status that the download had from then on
 */
public record LogEntry(long seq, String kind, String text, Instant at) {
    static LogEntry of(LogLine line) {
        return new LogEntry(line.seq(), line.kind(), line.text(), line.writtenAt());
    }

    public boolean isState() {
        return kind.equals(LogLine.STATE);
    }
}
