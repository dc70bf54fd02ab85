package org.wallwhale.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds in the server's log why it did not start. Payara Micro goes on running when its application could not be deployed. */
final class ServerLog {
    private static final String REFUSED = "The start is refused";
    private static final List<String> FAILURES = List.of(REFUSED, "Exception while loading the app", "Exception during lifecycle processing",
            "was not deployed", "failed to deploy");
    private static final int TAIL = 15;

    private ServerLog() {
    }

    static boolean tellsOfFailure(List<Path> logs) {
        return lines(logs).stream().anyMatch(line -> FAILURES.stream().anyMatch(line::contains));
    }

    /** Whether it is settings, or what lies there, that must be put right first: what is "for now" goes away by itself. */
    static boolean tellsOfRefusal(List<Path> logs) {
        return lines(logs).stream().anyMatch(line -> line.contains(REFUSED) && !line.contains(REFUSED + " for now"));
    }

    /** Our own sentences if there are some, else the end of what was written. */
    static String reason(List<Path> logs) {
        List<String> lines = lines(logs);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(REFUSED)) {
                int end = i + 1;
                while (end < lines.size() && lines.get(end).startsWith("  ")) {
                    end++;
                }
                String first = lines.get(i).substring(lines.get(i).indexOf(REFUSED));
                return first + "\n" + String.join("\n", lines.subList(i + 1, end));
            }
        }
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size())) + "\nThe whole log: "
                + logs.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private static List<String> lines(List<Path> logs) {
        return logs.stream().flatMap(ServerLog::lines).toList();
    }

    private static Stream<String> lines(Path log) {
        try {
            return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines() : Stream.of();
        } catch (IOException e) {
            return Stream.of("The log " + log + " cannot be read: " + e.getMessage());
        }
    }
}
