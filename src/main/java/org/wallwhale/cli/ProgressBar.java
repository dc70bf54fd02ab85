package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** Draws a download's progress in place on a terminal, and as one line for each new phase elsewhere. */
final class ProgressBar {
    private static final int WIDTH = 30;
    private final PrintWriter out;
    private final boolean terminal;
    private String phase = "";

    ProgressBar(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Of a download as the API shows it. */
    void show(JsonNode download) {
        show(download.path("phase").asText(download.path("status").asText()), download.path("progress").asInt(),
                download.path("bytesDone").asLong(), download.path("bytesPerSecond").asLong());
    }

    /** {@code percent} from 0 to 100; 0 bytes a second are not told. */
    void show(String now, int percent, long bytesDone, long bytesPerSecond) {
        if (terminal) {
            out.print("\r" + line(now, percent, bytesDone, bytesPerSecond) + "\u001b[K");
        } else if (!now.equals(phase)) {
            out.println("  " + now);
        }
        phase = now;
        out.flush();
    }

    /** Makes room for other lines; on a terminal the bar is drawn anew below them. */
    void clear() {
        if (terminal) {
            out.print("\r\u001b[K");
        }
        phase = "";
        out.flush();
    }

    void end() {
        if (terminal) {
            out.println();
        }
        out.flush();
    }

    private static String line(String phase, int percent, long bytesDone, long bytesPerSecond) {
        int filled = Math.max(0, Math.min(WIDTH, percent * WIDTH / 100));
        String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
        String speed = bytesPerSecond > 0 ? "  " + bytes(bytesPerSecond) + "/s" : "";
        return String.format(Locale.ROOT, "  %s %3d %%  %-11s  %s%s", bar, percent, Terminal.clean(phase), bytes(bytesDone), speed);
    }

    /** In binary units. */
    static String bytes(long count) {
        if (count < 1024) {
            return count + " B";
        }
        double value = count;
        int unit = -1;
        while (value >= 1024 && unit < 3) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, new String[] {"KiB", "MiB", "GiB", "TiB"}[unit]);
    }
}
