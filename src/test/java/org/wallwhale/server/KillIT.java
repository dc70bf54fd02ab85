package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.database.TestPostgres;

/** What kill -9 may do to the server, and what it may not do to downloads. */
class KillIT {
    private static final String SLOW_ITEM = "3000000003";
    /** More than one in the long form of the tests. */
    private static final int KILLS = Integer.getInteger("wallwhale.kills", 1);
    @TempDir
    private Path folder;

    @Test
    void onH2AKilledServersDownloadsAllEndInSuccessExactlyOnceAndNoChildIsLeft() throws Exception {
        killInTheMiddle(Map.of());
    }

    @Test
    void onPostgreSqlAKilledServersDownloadsAllEndInSuccessExactlyOnceAndNoChildIsLeft() throws Exception {
        killInTheMiddle(Map.of("WALLWHALE_DB_URL", TestPostgres.newDatabase(), "WALLWHALE_DB_USER", TestPostgres.USER));
    }

    private void killInTheMiddle(Map<String, String> database) throws Exception {
        int port = ServerProcess.freePort();
        List<String> accepted = new ArrayList<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            killWhileItWorks(ServerProcess.start(folder, port, with(database, "1")), accepted, kill);
        }
        try (ServerProcess last = ServerProcess.start(folder, port, with(database, "4"))) {
            int attempts = 0;
            for (String id : accepted) {
                last.await("download " + id + " ends", Duration.ofMinutes(3),
                        () -> last.get("/downloads/" + id).path("completedAt").isTextual());
                assertThat(last.get("/downloads/" + id).path("status").asText()).isEqualTo("success");
                attempts += last.get("/downloads/" + id).path("attempt").asInt();
            }
            assertThat(attempts).as("only what ran in the one slot at a kill ran again").isLessThanOrEqualTo(accepted.size() + KILLS);
            JsonNode resumed = last.get("/downloads/" + accepted.get(0));
            assertThat(resumed.path("attempt").asInt()).isGreaterThan(1);
            assertThat(entries(last.bytes("/downloads/" + accepted.get(0) + "/zip"))).hasSize(3);
            assertThat(contentFolders()).hasSize(accepted.size());
            assertThat(filesIn("work")).isEmpty();
        }
    }

    /** Each time with new downloads in the queue, and with one that is being fetched. */
    private static void killWhileItWorks(ServerProcess server, List<String> accepted, int kill) throws Exception {
        List<ProcessHandle> children;
        try {
            accepted.add(submit(server, kill == 1 ? SLOW_ITEM : "32000" + kill + "00"));
            for (int item = 1; item <= 9; item++) {
                accepted.add(submit(server, "31" + kill + "000" + item + "00"));
            }
            server.await("something arrives", Duration.ofSeconds(60),
                    () -> accepted.stream().anyMatch(id -> server.get("/downloads/" + id).path("bytesPerSecond").asLong() > 0));
            children = server.descendants();
        } finally {
            server.kill();
        }
        assertThat(children).isNotEmpty();
        server.await("every child is gone", Duration.ofSeconds(10), () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static Map<String, String> with(Map<String, String> database, String slots) {
        Map<String, String> settings = new HashMap<>(database);
        settings.put("WALLWHALE_WORKER_SLOTS", slots);
        settings.put("WALLWHALE_DOWNLOAD_MAX_ATTEMPTS", String.valueOf(KILLS + 2));
        return settings;
    }

    private static String submit(ServerProcess server, String item) {
        return server.post("/downloads", Map.of("urlOrId", item, "accountName", "sandbox")).path("id").asText();
    }

    private static List<String> entries(byte[] zip) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private List<Path> contentFolders() throws IOException {
        try (Stream<Path> tree = Files.walk(folder.resolve("data/store"), 4)) {
            return tree.filter(path -> folder.resolve("data/store").relativize(path).getNameCount() == 4).toList();
        }
    }

    private List<Path> filesIn(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data").resolve(name))) {
            return files.toList();
        }
    }
}
