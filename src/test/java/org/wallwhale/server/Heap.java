package org.wallwhale.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM of its own really holds. */
final class Heap {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private Heap() {
    }

    /** After a collection of all garbage. */
    static long usedBytes(long pid) throws IOException, InterruptedException {
        return find(TOTAL, pid).orElseThrow(() -> new IOException("No histogram of " + pid));
    }

    /** As {@link #usedBytes}: how many of this very class there are. */
    static long instances(long pid, String className) throws IOException, InterruptedException {
        return find(Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(className) + "(?: |$)"), pid).orElse(0);
    }

    private static OptionalLong find(Pattern number, long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(pid),
                "GC.class_histogram").redirectErrorStream(true).start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher found = number.matcher(histogram);
        if (jcmd.waitFor() != 0 || !TOTAL.matcher(histogram).find()) {
            throw new IOException("No histogram of " + pid + ": " + histogram);
        }
        return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
    }
}
