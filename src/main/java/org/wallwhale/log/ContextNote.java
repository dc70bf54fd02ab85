package org.wallwhale.log;

import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

/** Writes nothing itself: appends what a line is about, for the server's own handlers, which come after it. */
final class ContextNote extends Handler {
    @Override
    public void publish(LogRecord line) {
        Map<String, String> about = LogContext.now();
        if (!about.isEmpty()) {
            line.setMessage(line.getMessage() + about.entrySet().stream().map(one -> one.getKey() + " " + one.getValue())
                    .collect(Collectors.joining(", ", " [", "]")));
        }
    }

    @Override
    public void flush() {
        // nothing is kept
    }

    @Override
    public void close() {
        // nothing is open
    }
}
