package org.wallwhale.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeSet;

/**
 * What happened to this process, one JSON line per event, for tests to read afterwards: {@code start}, {@code stdin},
 * {@code signal}, {@code end}, each with {@code at} (Unix milliseconds) and {@code pid}. Names of environment variables, never
 * their values; of lines of stdin their length alone; the value of {@code -password} never. Lies where {@code WALLWHALE_SANDBOX_JOURNAL} says,
 * else in {@code sandbox-journal.jsonl} in HOME, begun anew by the process that finds it past 256 KiB; where it can not be
 * written there is none.
 */
final class Journal {
    private static final long MOST_BYTES = 256 * 1024;
    private final Path path;

    Journal(Path home) {
        String named = System.getenv("WALLWHALE_SANDBOX_JOURNAL");
        path = named != null ? Path.of(named) : home == null ? null : home.resolve("sandbox-journal.jsonl");
    }

    void start(String[] words, Path home) {
        if (path != null && path.toFile().length() > MOST_BYTES) {
            path.toFile().delete();
        }
        StringBuilder event = event("start");
        event.append(",\"argv\":[");
        for (int at = 0; at < words.length; at++) {
            boolean secret = at > 0 && isPassword(words[at - 1]);
            event.append(at == 0 ? "" : ",");
            quote(event, secret ? "***" : words[at]);
        }
        event.append("],\"cwd\":");
        quote(event, System.getProperty("user.dir"));
        event.append(",\"env\":[");
        int count = 0;
        for (String name : new TreeSet<>(System.getenv().keySet())) {
            event.append(count++ == 0 ? "" : ",");
            quote(event, name);
        }
        event.append("],\"stdin\":\"").append(stdinKind()).append('"');
        probe(event, home);
        append(event);
    }

    void stdin(byte[] line) {
        append(event("stdin").append(",\"bytes\":").append(line.length));
    }

    void signal(String name) {
        append(event("signal").append(",\"name\":\"").append(name).append('"'));
    }

    void end(int status) {
        append(event("end").append(",\"status\":").append(status));
    }

    private static StringBuilder event(String name) {
        return Console.joined("{\"event\":\"", name, "\",\"at\":", System.currentTimeMillis(),
                ",\"pid\":", ProcessHandle.current().pid());
    }

    private void append(StringBuilder event) {
        if (path == null) {
            return;
        }
        try {
            Files.write(path, event.append("}\n").toString().getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException notWritable) {
            // A journal is an offer to tests, not a condition of the run.
        }
    }

    /** Only a file made by this process shows its user and umask. */
    private static void probe(StringBuilder event, Path home) {
        if (home == null) {
            return;
        }
        Path file = home.resolve(Console.joined(".sandbox-", ProcessHandle.current().pid()).toString());
        try {
            Files.createFile(file);
            int mode = (Integer) Files.getAttribute(file, "unix:mode");
            event.append(",\"uid\":").append(Files.getAttribute(file, "unix:uid"));
            event.append(",\"umask\":\"").append(Integer.toOctalString(0666 & ~mode)).append('"');
            Files.delete(file);
        } catch (IOException notWritable) {
            // The store of the accounts says so louder.
        }
    }

    private static String stdinKind() {
        try {
            int mode = (Integer) Files.getAttribute(Path.of("/dev/fd/0"), "unix:mode");
            return switch (mode >> 12) {
                case 1 -> "pipe";
                case 2 -> "device";
                case 8 -> "file";
                case 12 -> "socket";
                default -> "other";
            };
        } catch (IOException closed) {
            return "none";
        }
    }

    private static boolean isPassword(String word) {
        String name = word.toLowerCase(Locale.ROOT);
        return name.equals("-password") || name.equals("-pass");
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character < ' ') {
                json.append("\\u00").append(HexFormat.of().toHexDigits((byte) character));
            } else {
                json.append(character == '"' || character == '\\' ? "\\" : "").append(character);
            }
        }
        json.append('"');
    }
}
