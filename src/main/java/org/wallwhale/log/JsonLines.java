package org.wallwhale.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * One line of JSON for each event: {@code time} (ISO 8601 UTC), {@code level} (debug, info, warn, error), {@code logger},
 * {@code message}, what it is about ({@code request}, {@code trace}, {@code user}, {@code key}, {@code download}), {@code error} (the
 * stack trace). Whatever a message holds, it stays one line.
 */
final class JsonLines extends Handler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SimpleFormatter TEXT = new SimpleFormatter();
    private final PrintStream out;

    JsonLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void publish(LogRecord event) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("time", event.getInstant().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("level", level(event.getLevel()));
        line.put("logger", event.getLoggerName());
        line.put("message", TEXT.formatMessage(event));
        line.putAll(LogContext.now());
        if (event.getThrown() != null) {
            line.put("error", stackTrace(event.getThrown()));
        }
        try {
            // whole: lines of several threads must not mix
            out.println(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new AssertionError("texts are JSON", e);
        }
    }

    private static String level(Level level) {
        return level.intValue() >= Level.SEVERE.intValue() ? "error" : level.intValue() >= Level.WARNING.intValue() ? "warn"
                : level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
