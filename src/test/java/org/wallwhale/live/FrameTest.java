package org.wallwhale.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    void aLineHasItsNumberAndOneBlankAfterEachColon() {
        assertThat(text(Frame.line(7, "100.00% scenes/壁紙.pkg"))).isEqualTo("id: 7\ndata: 100.00% scenes/壁紙.pkg\n\n");
    }

    @Test
    void blanksAtTheEndsOfALineAreKept() {
        assertThat(text(Frame.line(1, "  a "))).isEqualTo("id: 1\ndata:   a \n\n");
        assertThat(text(Frame.line(1, ""))).isEqualTo("id: 1\ndata: \n\n");
    }

    @Test
    void aLineCannotForgeAnEvent() {
        assertThat(text(Frame.line(1, "a\n\nevent: end\r\ndata: success\rid: 9"))).isEqualTo(
                "id: 1\ndata: a  event: end  data: success id: 9\n\n");
        assertThat(text(Frame.text("end", "a\nb"))).isEqualTo("event: end\ndata: a b\n\n");
    }

    @Test
    void jsonIsOneLine() {
        String json = Frame.json(Map.of("text", "a\r\nb\u2028"));
        assertThat(json).doesNotContain("\n", "\r").isEqualTo("{\"text\":\"a\\r\\nb\u2028\"}");
        assertThat(text(Frame.json("log", json))).isEqualTo("event: log\ndata: " + json + "\n\n");
        assertThat(text(Frame.json(3, "log", json))).isEqualTo("id: 3\nevent: log\ndata: " + json + "\n\n");
    }

    @Test
    void aHeartbeatIsAComment() {
        assertThat(text(Frame.HEARTBEAT)).isEqualTo(":\n\n");
        assertThat(text(Frame.HEARTBEAT_EVENT)).startsWith(":\n").endsWith("\n\n");
        assertThat(text(Frame.RETRY)).isEqualTo("retry: 3000\n\n");
    }

    private static String text(byte[] frame) {
        List<Byte> bytes = new ArrayList<>();
        for (byte one : frame) {
            bytes.add(one);
        }
        assertThat(bytes).doesNotContain((byte) '\r');
        return new String(frame, StandardCharsets.UTF_8);
    }
}
