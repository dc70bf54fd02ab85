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

    void show(JsonNode download) {
        String now = download.path("phase").asText(download.path("status").asText());
        if (terminal) {
            out.print("\r" + line(download, now) + "\u001b[K");
        } else if (!now.equals(phase)) {
            out.println("  " + now);
        }
        phase = now;
        out.flush();
    }

    void end() {
        if (terminal) {
            out.println();
        }
        out.flush();
    }

    private static String line(JsonNode download, String phase) {
        int percent = download.path("progress").asInt();
        int filled = percent * WIDTH / 100;
        String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
        String speed = download.path("bytesPerSecond").asLong() > 0 ? "  " + bytes(download.path("bytesPerSecond").asLong()) + "/s" : "";
        return String.format(Locale.ROOT, "  %s %3d %%  %-11s  %s%s", bar, percent, phase, bytes(download.path("bytesDone").asLong()), speed);
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
