package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Api;

/**
 * What one instance is asked for and another one does. The first only answers, the second runs all downloads; leases are renewed
 * every twenty minutes, so that no wish to cancel is found by that.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotificationsIT {
    private static final Map<String, String> LONG_LEASE = Map.of("WALLWHALE_DOWNLOAD_LEASE_SECONDS", "3600");
    private static final String INSTANCES = "/api/v1/admin/instances";
    @TempDir
    private static Path folder;
    private static TwoInstances instances;
    private static Api admin;
    private static String key;
    private static Api atOne;

    @BeforeAll
    static void start() throws Exception {
        instances = TwoInstances.start(folder,
                Map.of("WALLWHALE_DOWNLOAD_LEASE_SECONDS", "3600", "WALLWHALE_WORKER_SLOTS", "0"), LONG_LEASE);
        Api nobody = Api.anonymous().at(instances.one().root());
        admin = Api.withToken(nobody.login(ServerProcess.EMAIL, ServerProcess.PASSWORD).json().get("accessToken").textValue())
                .at(instances.one().root());
        key = admin.createKey("live", "download:*");
        atOne = Api.withKey(key).at(instances.one().root());
    }

    @AfterAll
    static void stop() throws Exception {
        instances.close();
    }

    @Test
    @Order(1)
    void eachTellsOfBoth() {
        for (ServerProcess server : List.of(instances.one(), instances.two())) {
            JsonNode list = admin.at(server.root()).awaitAnswer(INSTANCES, answer -> answer.json().get("instances").size() == 2).json()
                    .get("instances");
            assertThat(list.findValuesAsText("id")).containsExactly("one", "two");
            assertThat(list.findValuesAsText("alive")).containsExactly("true", "true");
            assertThat(list.findValuesAsText("slots")).containsExactly("0", "4");
            assertThat(list.get(1).get("address").textValue()).endsWith(":" + instances.two().port());
        }
    }

    @Test
    @Order(2)
    void aReaderSeesProgressFromAnywhereAndGoesOnAtTheOtherWithoutGapOrRepeat() throws Exception {
        String id = atOne.submit("3000000003").get("id").textValue();
        LiveEvents stream = new LiveEvents(key, id);
        List<LiveEvents.Event> before = stream.read(instances.one(), null,
                event -> "progress".equals(event.name()) && !event.data().contains("\"percent\":0,"));
        assertThat(before).as("progress comes by notification alone").last().extracting(LiveEvents.Event::name).isEqualTo("progress");
        assertThat(atOne.download(id).get("progress").intValue()).isPositive();
        String last = ids(before).reduce((first, second) -> second).orElseThrow();
        List<LiveEvents.Event> after = stream.read(instances.two(), last, event -> ids(Stream.of(event)).findAny().isPresent());
        String lastAtTwo = ids(after).findFirst().orElseThrow();
        List<LiveEvents.Event> rest = stream.read(instances.one(), lastAtTwo, event -> false);
        assertThat(rest).last().extracting(LiveEvents.Event::name).isEqualTo("end");
        assertThat(atOne.download(id).get("status").textValue()).isEqualTo("success");
        List<String> whole = ids(stream.read(instances.two(), null, event -> false)).toList();
        assertThat(Stream.of(before, after, rest).flatMap(part -> ids(part))).containsExactlyElementsOf(whole);
        assertThat(whole).doesNotHaveDuplicates();
    }

    @Test
    @Order(3)
    void aCancelAtTheOneThatDoesNotRunItEndsTheChild() {
        String id = atOne.submit("3000000103").get("id").textValue();
        atOne.await(id, download -> download.get("progress").intValue() > 0);
        assertThat(toolsOfTwo()).isNotZero();
        assertThat(atOne.post(DOWNLOADS + "/" + id + "/cancel", "").status()).isEqualTo(200);
        assertThat(atOne.awaitFinished(id).get("status").textValue()).isEqualTo("canceled");
        instances.two().await("nothing of the child is left", Duration.ofSeconds(30), () -> toolsOfTwo() == 0);
    }

    @Test
    @Order(4)
    void whoStopsIsOffTheListAndLeavesItsDownloadsToTheOthers() throws Exception {
        String id = atOne.submit("3000000203").get("id").textValue();
        atOne.await(id, download -> download.get("status").textValue().equals("running"));
        instances.two().close();
        assertThat(atOne.download(id).get("status").textValue()).isEqualTo("queued");
        assertThat(admin.get(INSTANCES).json().get("instances").findValuesAsText("id")).containsExactly("one");
    }

    /** The processes of the sandbox. */
    private static long toolsOfTwo() {
        return instances.two().descendants().size();
    }

    private static Stream<String> ids(List<LiveEvents.Event> events) {
        return ids(events.stream());
    }

    private static Stream<String> ids(Stream<LiveEvents.Event> events) {
        return events.map(LiveEvents.Event::id).filter(id -> id != null);
    }
}
