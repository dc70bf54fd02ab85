package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarsTest {
    private final StringWriter shown = new StringWriter();

    @Test
    void elsewhereThanOnATerminalEachHasALineForEachNewPhase() throws IOException {
        Bars bars = new Bars(new PrintWriter(shown), false);
        bars.draw(List.of(download("1", "waiting", "\"It waits.\""), download("2", "login", "null")));
        bars.draw(List.of(download("1", "login", "null"), download("2", "login", "null")));
        bars.clear();
        assertThat(shown.toString().lines()).containsExactly("1  waiting: It waits.", "2  login", "1  login");
    }

    @Test
    void onATerminalTheyAreDrawnOverEachOther() throws IOException {
        Bars bars = new Bars(new PrintWriter(shown), true);
        bars.draw(List.of(download("1", "down\u001bloading", "null"), download("2", "login", "null")));
        assertThat(shown.toString()).contains("  1           ██████████░░░░░░░░░░  50 %  down?loading", "\u001b[?7l", "\u001b[?7h").doesNotContain("\u001b[2A");
        bars.draw(List.of(download("2", "login", "null")));
        assertThat(shown.toString()).contains("\u001b[2A");
        bars.clear();
        bars.clear();
        assertThat(shown.toString()).endsWith("\u001b[1A\r\u001b[J");
    }

    @Test
    void noTerminalHasRoomForAThousand() throws IOException {
        new Bars(new PrintWriter(shown), true).draw(Collections.nCopies(1000, download("1", "login", "null")));
        assertThat(shown.toString().lines()).hasSize(17);
        assertThat(shown.toString()).contains("and 985 more");
    }

    private static JsonNode download(String item, String phase, String waitingFor) throws IOException {
        JsonNode download = new ObjectMapper().readTree("{\"id\":\"" + item + "\",\"pubfileId\":\"" + item + "\",\"progress\":50,\"bytesDone\":1024,"
                + "\"waitingFor\":" + waitingFor + "}");
        ((ObjectNode) download).put("phase", phase);
        return download;
    }
}
