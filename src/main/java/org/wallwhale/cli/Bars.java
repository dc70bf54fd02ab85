package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws a bar for each of several downloads, in place on a terminal; elsewhere each has a line for each new phase. */
final class Bars {
    private static final int WIDTH = 20;
    /** As many as any terminal has lines for. */
    private static final int MOST = 15;
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";
    private final PrintWriter out;
    private final boolean terminal;
    private final Map<String, String> told = new HashMap<>();
    private int lines;

    Bars(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void draw(Collection<JsonNode> downloads) {
        if (terminal) {
            clear();
            List<JsonNode> shown = downloads.stream().limit(MOST).toList();
            out.print(NO_WRAP);
            shown.forEach(download -> out.println(line(download)));
            if (downloads.size() > MOST) {
                out.println("  and " + (downloads.size() - MOST) + " more");
            }
            out.print(WRAP);
            lines = Math.min(downloads.size(), MOST + 1);
        } else {
            downloads.forEach(this::tell);
        }
        out.flush();
    }

    /** Makes room for other lines; the next {@link #draw} is below them. */
    void clear() {
        if (lines > 0) {
            out.print("\u001b[" + lines + "A\r\u001b[J");
            out.flush();
            lines = 0;
        }
    }

    private void tell(JsonNode download) {
        String now = state(download);
        if (!now.equals(told.put(download.path("id").asText(), now))) {
            out.println(Terminal.clean(download.path("pubfileId").asText() + "  " + now));
        }
    }

    private static String line(JsonNode download) {
        int percent = Math.max(0, Math.min(100, download.path("progress").asInt()));
        int filled = percent * WIDTH / 100;
        long speed = download.path("bytesPerSecond").asLong();
        return String.format(Locale.ROOT, "  %-10s  %s %3d %%  %-11s  %s%s", Terminal.clean(download.path("pubfileId").asText()),
                "█".repeat(filled) + "░".repeat(WIDTH - filled), percent, Terminal.clean(state(download)),
                ProgressBar.bytes(download.path("bytesDone").asLong()), speed > 0 ? "  " + ProgressBar.bytes(speed) + "/s" : "");
    }

    /** Its phase, and for what it waits. */
    private static String state(JsonNode download) {
        String phase = download.path("phase").asText(download.path("status").asText());
        String waitsFor = download.path("waitingFor").asText("");
        return phase + (waitsFor.isEmpty() ? "" : ": " + waitsFor);
    }
}
