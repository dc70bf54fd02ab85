package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Api;

/** Two instances whose machines disagree about the time by six and a half minutes, many times the lease: libfaketime 0.9 lies to them. */
class ClocksIT {
    private static final Pattern START = Pattern.compile("Attempt 1 starts on (\\w+)\\.");
    private static final Pattern LOGGED_AT = Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3})\\+0000");
    private static final Duration AHEAD = Duration.ofSeconds(90);
    private static final Duration BEHIND = Duration.ofMinutes(-5);
    @TempDir
    private Path folder;

    @Test
    void eachDownloadRunsOnceAndItsTimesAreTheDatabases() throws Exception {
        Instant begun = Instant.now();
        try (TwoInstances instances = TwoInstances.start(folder, shifted(AHEAD), shifted(BEHIND))) {
            assertThat(shift("one", begun)).isGreaterThan(AHEAD.minusSeconds(1));
            assertThat(shift("two", begun)).isLessThan(BEHIND.plusMinutes(1));
            Api one = loggedIn(instances.one());
            Api two = loggedIn(instances.two());
            assertThat(one.at(instances.two().root()).get(DOWNLOADS).status()).as("one's token at two").isEqualTo(200);
            assertThat(two.at(instances.one().root()).get(DOWNLOADS).status()).as("two's token at one").isEqualTo(200);
            Instant before = databaseTime(instances);
            List<JsonNode> ended = endsOf(List.of(one, two));
            Instant after = databaseTime(instances);
            assertThat(ended).allSatisfy(download -> {
                assertThat(download.get("status").textValue()).isEqualTo("success");
                assertThat(download.get("attempt").intValue()).isEqualTo(1);
                assertThat(Stream.of("createdAt", "startedAt", "completedAt").map(name -> Instant.parse(download.get(name).textValue())))
                        .isSorted().allSatisfy(time -> assertThat(time).isBetween(before, after));
            });
            assertThat(two.get("/api/v1/admin/instances").json().get("instances")).hasSize(2)
                    .allSatisfy(instance -> assertThat(instance.get("alive").booleanValue()).isTrue());
        }
    }

    /** Of four that run for longer than the lease, for which both instances are needed, and of eight short ones. */
    private static List<JsonNode> endsOf(List<Api> clients) {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            String scenario = number < 4 ? "03" : "01";
            ids.add(clients.get(number % 2).submit("30000" + (100 + number) + scenario).get("id").textValue());
        }
        List<JsonNode> ended = ids.stream().map(clients.get(0)::awaitFinished).toList();
        assertThat(ids.stream().map(id -> startedOn(clients.get(1), id)).distinct()).containsExactlyInAnyOrder("one", "two");
        return ended;
    }

    private static String startedOn(Api client, String id) {
        Matcher start = START.matcher(client.get(DOWNLOADS + "/" + id + "/logs").text());
        assertThat(start.find()).as("a start in the log of " + id).isTrue();
        return start.group(1);
    }

    private static Api loggedIn(ServerProcess server) {
        return Api.withToken(Api.anonymous().at(server.root()).login(ServerProcess.EMAIL, ServerProcess.PASSWORD).json().get("accessToken")
                .textValue()).at(server.root());
    }

    /** By how much its clock was ahead of ours when it began to log. */
    private Duration shift(String instance, Instant begun) throws IOException {
        Matcher time = LOGGED_AT.matcher(Files.readString(folder.resolve(instance).resolve("server.log")));
        assertThat(time.find()).as("a time in the log of " + instance).isTrue();
        return Duration.between(begun, OffsetDateTime.parse(time.group(1) + "Z").toInstant());
    }

    private static Instant databaseTime(TwoInstances instances) throws Exception {
        try (Connection connection = instances.cluster().database(); Statement statement = connection.createStatement();
                ResultSet now = statement.executeQuery("select now()")) {
            now.next();
            return now.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private static Map<String, String> shifted(Duration by) throws IOException {
        return Map.of("LD_PRELOAD", library().toString(), "FAKETIME", (by.isNegative() ? "" : "+") + by.toSeconds() + "s",
                "WALLWHALE_WORKER_SLOTS", "2");
    }

    private static Path library() throws IOException {
        try (Stream<Path> files = Files.find(Path.of("/usr/lib"), 3, (path, attributes) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
            return files.findFirst().orElseThrow(() -> new AssertionError("This test needs libfaketime: install the package faketime."));
        }
    }
}
