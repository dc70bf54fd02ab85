package org.wallwhale.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A run as the sandbox itself wrote it down; times are Unix milliseconds.
 *
 * @param instance whose HOME it had
 * @param completed when it ended with 0; empty for one that failed or was killed
 */
record JournalRun(RunName name, String instance, long started, OptionalLong completed) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOME = "-sandbox-";
    private static final String JOURNAL = "sandbox-journal.jsonl";

    /** All runs of all instances. */
    static List<JournalRun> in(Path data) throws IOException {
        List<JournalRun> runs = new ArrayList<>();
        try (Stream<Path> homes = Files.list(data.resolve("homes"))) {
            for (Path home : homes.filter(home -> Files.exists(home.resolve(JOURNAL))).toList()) {
                runs.addAll(ofHome(home));
            }
        }
        return runs;
    }

    private static List<JournalRun> ofHome(Path home) throws IOException {
        String instance = home.getFileName().toString().split(HOME)[0];
        Map<Long, JournalRun> byProcess = new HashMap<>();
        List<JournalRun> runs = new ArrayList<>();
        for (String line : Files.readAllLines(home.resolve(JOURNAL))) {
            JsonNode event = JSON.readTree(line);
            long pid = event.get("pid").longValue();
            long at = event.get("at").longValue();
            switch (event.get("event").textValue()) {
                case "start" -> {
                    JournalRun run = new JournalRun(RunName.in(event.get("argv").toString().replace('"', '/')).orElseThrow(), instance, at,
                            OptionalLong.empty());
                    runs.add(run);
                    byProcess.put(pid, run);
                }
                case "end" -> {
                    JournalRun run = byProcess.remove(pid);
                    runs.set(runs.indexOf(run), run.ended(at, event.get("status").intValue()));
                }
                default -> { }
            }
        }
        return runs;
    }

    private JournalRun ended(long at, int status) {
        return new JournalRun(name, instance, started, status == 0 ? OptionalLong.of(at) : OptionalLong.empty());
    }
}
