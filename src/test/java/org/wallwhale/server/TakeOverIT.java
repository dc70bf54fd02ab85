package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Api;
import org.wallwhale.database.TestPostgres;

/** One of two instances dies, and one with a folder of its own wants to take its place. */
class TakeOverIT {
    private static final Pattern START = Pattern.compile("Attempt \\d+ starts on (\\w+)\\.");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    @TempDir
    private Path folder;

    @Test
    void whatItRanIsTakenOverInTimeAndEndsInSuccess() throws Exception {
        try (TwoInstances instances = TwoInstances.start(folder)) {
            Api admin = Api.withToken(Api.anonymous().at(instances.one().root()).login(ServerProcess.EMAIL, ServerProcess.PASSWORD).json()
                    .get("accessToken").textValue()).at(instances.one().root());
            String key = admin.createKey("live", "download:*");
            List<String> ids = Stream.of("3000000003", "3000000103", "3000000203")
                    .map(item -> admin.submit(item).get("id").textValue()).toList();
            String victim = startedOn(instances.one(), key, ids.get(0));
            ServerProcess dead = victim.equals("one") ? instances.one() : instances.two();
            ServerProcess alive = victim.equals("one") ? instances.two() : instances.one();
            List<String> orphans = new ArrayList<>();
            for (String id : ids) {
                if (startedOn(alive, key, id).equals(victim)) {
                    orphans.add(id);
                }
            }
            dead.kill();
            Api left = admin.at(alive.root());
            alive.await("all of them run again", PATIENCE, () -> orphans.stream().allMatch(id -> left.download(id).get("attempt").intValue() == 2));
            alive.await("it is no longer listed as alive", PATIENCE, () -> listedAsGone(left).equals(List.of(victim)));
            assertThat(ids).allSatisfy(id -> assertThat(left.awaitFinished(id).get("status").textValue()).isEqualTo("success"));
            assertThat(refusalWithAFolderOfItsOwn(instances.database())).contains("folder-id is missing", "must share that one");
        }
    }

    private static List<String> listedAsGone(Api asked) {
        return StreamSupport.stream(asked.get("/api/v1/admin/instances").json().get("instances").spliterator(), false)
                .filter(instance -> !instance.get("alive").booleanValue()).map(instance -> instance.get("id").textValue()).toList();
    }

    private String refusalWithAFolderOfItsOwn(String database) throws IOException, InterruptedException {
        return ServerProcess.refusal(Files.createDirectories(folder.resolve("three")), ServerProcess.freePort(),
                Map.of("WALLWHALE_DB_URL", database, "WALLWHALE_DB_USER", TestPostgres.USER));
    }

    private static String startedOn(ServerProcess asked, String key, String id) throws IOException, InterruptedException {
        List<LiveEvents.Event> events = new LiveEvents(key, id).read(asked, null, event -> START.matcher(event.data()).find());
        Matcher start = START.matcher(events.get(events.size() - 1).data());
        assertThat(start.find()).isTrue();
        return start.group(1);
    }
}
