package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;

class DownloadsIT extends HttpTest {
    private static final String LATER = "2099-01-01T00:00:00Z";
    private final Api user = Api.secondUser();

    @Test
    void aSubmittedDownloadIsAcceptedWithItsAddressAndAllItsMembers() {
        Answer answer = user.post(DOWNLOADS, Api.object().put("urlOrId", "https://steamcommunity.com/sharedfiles/filedetails/?id=4100000000")
                .put("accountName", "sandbox").put("priority", 3).put("startAt", LATER));
        assertThat(answer.status()).isEqualTo(202);
        JsonNode download = answer.json();
        String id = download.get("id").textValue();
        assertThat(URI.create(answer.header("Location")).getPath()).isEqualTo(Api.CONTEXT + DOWNLOADS + "/" + id);
        assertThat(download.fieldNames()).toIterable().containsExactlyInAnyOrder("id", "userId", "collectionId", "pubfileId", "kind", "status", "phase",
                "waitingFor", "needsInput", "accountName", "saveRoot", "priority", "startAt", "progress", "bytesDone", "bytesTotal", "bytesPerSecond", "etaSeconds",
                "title", "previewUrl", "appId", "version", "attempt", "createdAt", "updatedAt", "startedAt", "completedAt", "error",
                "errorMessage", "contentAvailable", "expiresAt", "children", "links");
        assertThat(download.get("pubfileId").textValue()).isEqualTo("4100000000");
        assertThat(download.get("kind").textValue()).isEqualTo("item");
        assertThat(download.get("status").textValue()).isEqualTo("queued");
        assertThat(download.get("phase").textValue()).isEqualTo("waiting");
        assertThat(download.get("waitingFor").textValue()).isEqualTo("It starts at " + LATER + ".");
        assertThat(download.get("priority").intValue()).isEqualTo(3);
        assertThat(Instant.parse(download.get("createdAt").textValue())).isBefore(Instant.now().plusSeconds(60));
        assertThat(download.get("links").get("self").textValue()).isEqualTo(Api.CONTEXT + DOWNLOADS + "/" + id);
        assertThat(user.download(id)).isEqualTo(download);
    }

    @Test
    void aDownloadRunsToItsEndAndShowsItsContent() {
        JsonNode done = user.awaitFinished(user.submit("4100000100").get("id").textValue());
        assertThat(done.get("status").textValue()).isEqualTo("success");
        assertThat(done.get("phase").textValue()).isEqualTo("ready");
        assertThat(done.get("progress").intValue()).isEqualTo(100);
        assertThat(done.get("bytesDone").longValue()).isPositive().isEqualTo(done.get("bytesTotal").longValue());
        assertThat(done.get("contentAvailable").booleanValue()).isTrue();
        assertThat(done.get("attempt").intValue()).isEqualTo(1);
        assertThat(done.get("title").textValue()).isEqualTo("Sandbox item 4100000100");
        assertThat(done.get("version").textValue()).matches("\\d{10,20}");
        assertThat(done.get("error").isNull()).isTrue();
        assertThat(done.get("links").has("zip")).isTrue();
        assertThat(Instant.parse(done.get("startedAt").textValue())).isBeforeOrEqualTo(Instant.parse(done.get("completedAt").textValue()));
    }

    @Test
    void theListIsFilteredAndPagedByOffset() {
        List<String> newestFirst = waiting(5, "41000002");
        JsonNode page = user.get(DOWNLOADS + "?q=41000002&status=queued&limit=2&offset=1").json();
        assertThat(ids(page)).isEqualTo(newestFirst.subList(1, 3));
        assertThat(page.get("pagination").get("total").intValue()).isEqualTo(5);
        assertThat(page.get("pagination").get("limit").intValue()).isEqualTo(2);
        assertThat(page.get("pagination").get("offset").intValue()).isEqualTo(1);
        assertThat(page.get("pagination").get("hasMore").booleanValue()).isTrue();
        assertThat(ids(user.get(DOWNLOADS + "?q=41000002&sort=createdAt").json())).isEqualTo(reversed(newestFirst));
        assertThat(ids(user.get(DOWNLOADS + "?pubfileId=4100000201").json())).containsExactly(newestFirst.get(3));
        assertThat(ids(user.get(DOWNLOADS + "?q=41000002&status=success,failed").json())).isEmpty();
        assertThat(ids(user.get(DOWNLOADS + "?q=4100000_").json())).as("an underscore is only an underscore").isEmpty();
        assertThat(user.get(DOWNLOADS + "?q=41000002&limit=5").header("Link")).as("no next page").isEmpty();
    }

    @Test
    void followingTheLinkHeaderShowsEveryDownloadOnce() {
        List<String> newestFirst = waiting(5, "41000003");
        List<String> seen = new ArrayList<>();
        String path = DOWNLOADS + "?q=41000003&limit=2&offset=0";
        for (int page = 0; !path.isEmpty() && page < 10; page++) {
            Answer answer = user.get(path);
            seen.addAll(ids(answer.json()));
            path = next(answer);
        }
        assertThat(seen).isEqualTo(newestFirst);
    }

    @Test
    void theOlderSpellingLinksToTheCanonicalOne() {
        waiting(2, "41000004");
        assertThat(next(user.get("/v1/downloads?q=41000004&limit=1"))).startsWith("/api/v1/downloads?");
    }

    @Test
    void aQueuedDownloadIsCanceledAtOnceAndAgain() {
        String id = later("4100000500");
        for (int time = 0; time < 2; time++) {
            Answer answer = user.post(DOWNLOADS + "/" + id + "/cancel", "");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("status").textValue()).isEqualTo("canceled");
        }
    }

    @Test
    void aRunningDownloadIsCanceledWithinSeconds() {
        String id = user.submit("4100000603").get("id").textValue();
        user.await(id, download -> "downloading".equals(download.get("phase").textValue()));
        Answer answer = user.post(DOWNLOADS + "/" + id + "/cancel", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("phase").textValue()).isEqualTo("canceling");
        JsonNode end = user.awaitFinished(id);
        assertThat(end.get("status").textValue()).isEqualTo("canceled");
        assertThat(end.get("phase").isNull()).isTrue();
        assertThat(end.get("contentAvailable").booleanValue()).isFalse();
    }

    @Test
    void aFinishedDownloadCannotBeCanceledNorRetriedWhileItsContentIsThere() {
        String id = user.awaitFinished(user.submit("4100000700").get("id").textValue()).get("id").textValue();
        for (String action : List.of("/cancel", "/retry")) {
            Answer answer = user.post(DOWNLOADS + "/" + id + action, "");
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().get("message").textValue()).startsWith("A download that has succeeded cannot be ");
        }
    }

    @Test
    void aCanceledDownloadIsRetriedToItsEnd() {
        String id = later("4100000800");
        assertThat(user.post(DOWNLOADS + "/" + id + "/retry", "").status()).as("a live one").isEqualTo(409);
        user.post(DOWNLOADS + "/" + id + "/cancel", "");
        Answer answer = user.post(DOWNLOADS + "/" + id + "/retry", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(user.awaitFinished(id).get("status").textValue()).isEqualTo("success");
    }

    @Test
    void aLiveDownloadIsNotDeletedAndAFinishedOneIs() {
        String id = later("4100000900");
        assertThat(user.delete(DOWNLOADS + "/" + id).status()).isEqualTo(409);
        user.post(DOWNLOADS + "/" + id + "/cancel", "");
        assertThat(user.delete(DOWNLOADS + "/" + id).status()).isEqualTo(204);
        assertThat(user.get(DOWNLOADS + "/" + id).status()).isEqualTo(404);
        assertThat(user.delete(DOWNLOADS + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void repeatingASubmitGivesTheSameDownloadEvenEightTimesAtOnce() throws Exception {
        ExecutorService eight = Executors.newFixedThreadPool(8);
        try {
            Callable<String> submit = () -> later("4100001000");
            Set<String> ids = new HashSet<>();
            for (Future<String> id : eight.invokeAll(Collections.nCopies(8, submit))) {
                ids.add(id.get());
            }
            assertThat(ids).hasSize(1);
        } finally {
            eight.shutdown();
        }
    }

    @Test
    void anUnknownAccountDoesNotFailTheRequest() {
        JsonNode download = user.submit(Api.object().put("urlOrId", "4100001100").put("accountName", "nobody"));
        assertThat(download.get("accountName").isNull()).isTrue();
        JsonNode end = user.awaitFinished(download.get("id").textValue());
        assertThat(end.get("error").get("code").textValue()).isEqualTo("tool_missing");
        assertThat(end.get("title").isNull()).as("the sandbox is never chosen by the server").isTrue();
    }

    @Test
    void aTestKeyReachesOnlyTheSandbox() {
        Api test = Api.withKey(Api.administrator().createKey("test", "download:*"));
        JsonNode download = test.submit(Api.object().put("urlOrId", "4100001200").put("accountName", "my-steam-account"));
        assertThat(download.get("accountName").textValue()).isEqualTo("sandbox");
        assertThat(test.awaitFinished(download.get("id").textValue()).get("title").textValue()).isEqualTo("Sandbox item 4100001200");
    }

    @Test
    void somebodyElsesDownloadIsNotFoundExceptForAnAdministrator() {
        String mine = later("4100001300");
        Api other = Api.withKey(Api.administrator().createKey("live", "download:*"));
        String path = DOWNLOADS + "/" + mine;
        assertThat(other.get(path).status()).isEqualTo(404);
        assertThat(other.post(path + "/cancel", "").status()).isEqualTo(404);
        assertThat(other.post(path + "/retry", "").status()).isEqualTo(404);
        assertThat(other.delete(path).status()).isEqualTo(404);
        assertThat(other.get(path + "/zip").status()).isEqualTo(404);
        assertThat(other.get(path + "/files").status()).isEqualTo(404);
        assertThat(ids(other.get(DOWNLOADS + "?q=4100001300").json())).isEmpty();
        assertThat(other.get(path).text()).isNotBlank().doesNotContain(mine.substring(0, 8));
        assertThat(Api.administrator().get(path).status()).isEqualTo(200);
    }

    /** Downloads that wait for a time to come, newest first; their items are {@code <start>00}, {@code <start>01} and so on. */
    private List<String> waiting(int count, String start) {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            ids.add(later(start + "0" + number));
        }
        return reversed(ids);
    }

    private String later(String item) {
        return user.submit(Api.object().put("urlOrId", item).put("accountName", "sandbox").put("startAt", LATER)).get("id").textValue();
    }

    private static List<String> reversed(List<String> list) {
        List<String> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private static List<String> ids(JsonNode page) {
        return page.get("downloads").findValuesAsText("id");
    }

    /** The path and query of {@code Link: rel="next"}; empty when there is none. */
    private static String next(Answer answer) {
        String link = answer.header("Link");
        if (link.isEmpty()) {
            return "";
        }
        assertThat(link).matches("<[^>]+>; ?rel=\"next\"");
        URI address = URI.create(link.substring(1, link.indexOf('>')));
        assertThat(address.getRawPath()).startsWith(Api.CONTEXT + "/");
        return address.getRawPath().substring(Api.CONTEXT.length()) + "?" + address.getRawQuery();
    }
}
