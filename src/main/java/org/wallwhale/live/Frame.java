package org.wallwhale.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import org.wallwhale.rest.Json;

/** Events as bytes (WHATWG HTML, 9.2.6): LF ends each line, one blank follows each colon, an empty line ends the event. */
final class Frame {
    /** Tells the client how long to wait before it connects again, in milliseconds. */
    static final byte[] RETRY = bytes("retry: 3000\n\n");
    /** A comment: it shows both sides whether the other one is still there. */
    static final byte[] HEARTBEAT = bytes(":\n\n");
    /** The same for readers of events: a browser's script is not told of comments. */
    static final byte[] HEARTBEAT_EVENT = bytes(":\nevent: heartbeat\ndata: {}\n\n");

    private Frame() {
    }

    /** A line as it is, under its number. Line ends inside it would begin a field of their own and become blanks. */
    static byte[] line(long id, String text) {
        return bytes("id: " + id + "\ndata: " + oneLine(text) + "\n\n");
    }

    static byte[] text(String event, String text) {
        return bytes("event: " + event + "\ndata: " + oneLine(text) + "\n\n");
    }

    /** {@code json} must be JSON of one line. */
    static byte[] json(String event, String json) {
        return bytes("event: " + event + "\ndata: " + json + "\n\n");
    }

    static byte[] json(long id, String event, String json) {
        return bytes("id: " + id + "\nevent: " + event + "\ndata: " + json + "\n\n");
    }

    /** {@code value} as JSON of one line. */
    static String json(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of our own cannot be written as JSON", e);
        }
    }

    private static String oneLine(String text) {
        return text.replace('\r', ' ').replace('\n', ' ');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
