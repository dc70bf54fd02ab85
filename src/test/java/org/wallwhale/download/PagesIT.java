package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

/** What the pages ask of downloads beyond one and a list of one's own. */
class PagesIT extends HttpTest {
    private static final String ALL = "/api/v1/admin/downloads";
    private static final String LATER = "2099-01-01T00:00:00Z";
    private final Api user = Api.secondUser();
    private final Api administrator = Api.administrator();

    @Test
    void countsFollowWhatBecomesOfADownload() {
        JsonNode before = user.get(DOWNLOADS + "/counts").json();
        long everybodys = administrator.get(ALL + "/counts").json().get("waiting").longValue();
        String id = later("4970000100", user);
        JsonNode after = user.get(DOWNLOADS + "/counts").json();
        assertThat(after.fieldNames()).toIterable().containsExactly("all", "waiting", "running", "needsInput", "success", "failed", "canceled");
        assertThat(after.get("waiting").longValue()).isEqualTo(before.get("waiting").longValue() + 1);
        assertThat(administrator.get(ALL + "/counts").json().get("waiting").longValue()).isGreaterThan(everybodys - 1);
        user.post(DOWNLOADS + "/" + id + "/cancel", "");
        JsonNode end = user.get(DOWNLOADS + "/counts").json();
        assertThat(end.get("waiting")).isEqualTo(before.get("waiting"));
        assertThat(end.get("canceled").longValue()).isEqualTo(before.get("canceled").longValue() + 1);
        assertThat(user.get(DOWNLOADS + "?needsInput=true&q=4970000100").json().get("downloads")).isEmpty();
        Problems.demand(user.get(DOWNLOADS + "?needsInput=yes"), 400, "invalid");
    }

    @Test
    void anAdministratorSeesEverybodysDownloadsAndNobodyElseDoes() {
        String one = later("4970000200", user);
        String other = later("4970000200", administrator);
        JsonNode both = administrator.get(ALL + "?pubfileId=4970000200").json();
        assertThat(ids(both)).containsExactly(other, one);
        assertThat(both.get("downloads").get(0).at("/links/self").textValue()).isEqualTo(Api.CONTEXT + DOWNLOADS + "/" + other);
        String owner = both.get("downloads").get(1).get("userId").textValue();
        assertThat(ids(administrator.get(ALL + "?status=queued&q=497000020&userId=" + owner).json())).containsExactly(one);
        Answer first = administrator.get(ALL + "?limit=1&q=497000020");
        assertThat(first.header("Link")).contains(ALL + "?").endsWith("rel=\"next\"");
        assertThat(ids(administrator.get(ALL + "?limit=1&q=497000020&after=" + first.json().at("/pagination/nextCursor").textValue()).json()))
                .containsExactly(one);
        Problems.demand(administrator.get(ALL + "?userId=me"), 400, "invalid");
        for (String path : List.of(ALL, ALL + "/counts")) {
            Problems.demand(user.get(path), 403, "forbidden");
        }
    }

    @Test
    void aPatchChangesPriorityAndStartAndKeepsWhatItLeavesOut() {
        String path = DOWNLOADS + "/" + later("4970000300", user);
        String etag = user.get(path).header("ETag");
        Answer changed = patch(path, "{\"priority\":7}", "If-Match", etag);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().get("priority").intValue()).isEqualTo(7);
        assertThat(changed.json().get("waitingFor").textValue()).contains(LATER);
        assertThat(changed.header("ETag")).isNotEqualTo(etag).isEqualTo(user.get(path).header("ETag"));
        Problems.demand(patch(path, "{\"priority\":8}", "If-Match", etag), 412, "precondition_failed");
        JsonNode refused = Problems.demand(patch(path, "{\"priority\":101}"), 400, "invalid");
        assertThat(refused.at("/errors/0/pointer").textValue()).isEqualTo("/priority");
        Problems.demand(patch(path, "{\"urlOrId\":\"1\"}"), 400, "malformed");
        Problems.demand(patch(path, "{\"startAt\":\"soon\"}"), 400, "malformed");
        assertThat(patch(path, "{\"startAt\":null}").status()).isEqualTo(200);
        assertThat(user.awaitFinished(path.substring(path.lastIndexOf('/') + 1)).get("status").textValue()).isEqualTo("success");
        Problems.demand(patch(path, "{\"priority\":1}"), 409, "conflict");
        Problems.demand(Api.withKey(administrator.createKey("live", "download:*")).send("PATCH", path, BodyPublishers.ofString("{}"),
                "Content-Type", "application/json"), 404, "not_found");
    }

    @Test
    void manyAreChangedAtOnceAndEachSaysWhatBecameOfIt() {
        String queued = later("4970000400", user);
        String done = user.awaitFinished(user.submit("4970000500").get("id").textValue()).get("id").textValue();
        String foreign = later("4970000400", administrator);
        JsonNode results = bulk("cancel", queued, done, foreign).json().get("results");
        assertThat(results.findValuesAsText("id")).startsWith(queued).contains(done, foreign);
        assertThat(results.findValuesAsText("result")).containsExactly("done", "refused", "missing");
        assertThat(results.get(0).at("/download/status").textValue()).isEqualTo("canceled");
        assertThat(results.get(0).at("/download/links/self").textValue()).endsWith(queued);
        assertThat(results.get(1).get("code").textValue()).isEqualTo("conflict");
        assertThat(results.get(1).get("message").textValue()).contains("has succeeded");
        assertThat(bulk("delete", queued, done).json().get("results").findValuesAsText("result")).containsOnly("done");
        assertThat(user.get(DOWNLOADS + "/" + queued).status()).isEqualTo(404);
        Problems.demand(bulk("rename", queued), 400, "malformed");
        Problems.demand(bulk("cancel"), 400, "invalid");
        Problems.demand(bulk("cancel", Stream.generate(() -> UUID.randomUUID().toString()).limit(201).toArray(String[]::new)), 400, "invalid");
    }

    @Test
    void theRunsOfADownloadTellItsWayFromLoginToReady() {
        String id = user.awaitFinished(user.submit("4970000600").get("id").textValue()).get("id").textValue();
        JsonNode runs = user.get(DOWNLOADS + "/" + id + "/attempts").json().get("attempts");
        assertThat(runs).hasSize(1);
        JsonNode run = runs.get(0);
        assertThat(run.get("number").intValue()).isEqualTo(1);
        assertThat(run.get("outcome").textValue()).isEqualTo("success");
        assertThat(run.get("message").isNull()).isTrue();
        assertThat(run.get("exitCode").isNull()).isTrue();
        assertThat(Stream.of("login", "downloading", "verifying", "ready").map(phase -> Instant.parse(run.at("/phases/" + phase).textValue())))
                .isSorted();
        assertThat(run.at("/phases/needsInput").isNull()).isTrue();
        assertThat(run.at("/phases/ready")).isEqualTo(run.get("endedAt"));
        String failed = user.awaitFinished(user.submit("4970000623").get("id").textValue()).get("id").textValue();
        JsonNode missing = user.get(DOWNLOADS + "/" + failed + "/attempts").json().at("/attempts/0");
        assertThat(missing.get("outcome").textValue()).isEqualTo(user.download(failed).at("/error/code").textValue());
        assertThat(missing.get("advice").textValue()).isNotBlank();
        Problems.demand(Api.withKey(administrator.createKey("live", "download:*")).get(DOWNLOADS + "/" + id + "/attempts"), 404, "not_found");
    }

    private Answer bulk(String action, String... ids) {
        ObjectNode body = Api.object().put("action", action);
        Stream.of(ids).forEach(body.putArray("ids")::add);
        return user.post(DOWNLOADS + "/bulk", body);
    }

    private Answer patch(String path, String body, String... headers) {
        return user.send("PATCH", path, BodyPublishers.ofString(body), Stream.concat(Stream.of("Content-Type", "application/merge-patch+json"),
                Stream.of(headers)).toArray(String[]::new));
    }

    private static String later(String item, Api owner) {
        return owner.submit(Api.object().put("urlOrId", item).put("accountName", "sandbox").put("startAt", LATER)).get("id").textValue();
    }

    private static List<String> ids(JsonNode page) {
        return page.get("downloads").findValuesAsText("id");
    }
}
