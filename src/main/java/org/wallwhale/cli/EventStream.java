package org.wallwhale.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Server-sent events (WHATWG HTML, 9.2.6) of one connection. Comments and retry times are passed over. */
final class EventStream implements AutoCloseable {
    private final BufferedReader lines;

    /** {@code id} and {@code name} are null where the event has none. */
    record Event(String id, String name, String text) {
    }

    EventStream(InputStream body) {
        lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** Waits for the next event; null when the server has ended the stream. */
    Event next() throws IOException {
        String id = null;
        String name = null;
        StringBuilder text = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String value = line.substring(Math.min(line.length(), line.indexOf(':') + 1)).replaceFirst("^ ", "");
            if (line.isEmpty() && text != null) {
                return new Event(id, name, text.toString());
            } else if (line.startsWith("id:")) {
                id = value;
            } else if (line.startsWith("event:")) {
                name = value;
            } else if (line.startsWith("data:")) {
                text = text == null ? new StringBuilder(value) : text.append('\n').append(value);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
