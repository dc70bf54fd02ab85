package org.wallwhale.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.Problems;

/** Links as their owner makes them and as a stranger uses them. */
class SharesIT extends SharingTest {
    @Test
    void whoHasTheLinkGetsTheZipAndNothingElse() {
        JsonNode share = share(Api.object());
        String path = path(share);
        JsonNode seen = STRANGER.get(path).json();
        assertThat(seen.get("needsPassword").booleanValue()).isFalse();
        assertThat(seen.get("items")).hasSize(1);
        assertThat(seen.get("sizeBytes").longValue()).isPositive().isLessThan(whole.length);
        Answer zip = STRANGER.get(path + "/zip");
        assertThat(zip.bytes()).isEqualTo(whole);
        assertThat(zip.header("ETag")).isEqualTo(owner.head(DOWNLOADS + "/" + download + "/zip").header("ETag"));
        assertThat(zip.header("Content-Disposition")).contains("4810000000.zip");
        assertThat(STRANGER.head(path).status()).as("it is no view").isEqualTo(200);
        Answer head = STRANGER.head(path + "/zip");
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(whole.length));
        Answer part = STRANGER.get(path + "/zip", "Range", "bytes=100-4095", "If-Range", zip.header("ETag"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(whole, 100, 4096));
        assertThat(STRANGER.get(path + "/zip", "Range", "bytes=100-4095", "If-Range", "\"another\"").bytes()).isEqualTo(whole);
        JsonNode used = owner.awaitAnswer(SHARES + id(share), answer -> answer.json().get("downloads").longValue() == 2).json();
        assertThat(used.get("bytesSent").longValue()).isEqualTo(2L * whole.length + 3996);
        assertThat(used.get("views").longValue()).isEqualTo(1);
        assertThat(used.get("lastUsedAt").textValue()).isNotNull();
        assertThat(used.get("url")).isEqualTo(share.get("url"));
        Problems.demand(STRANGER.get(DOWNLOADS + "/" + download), 401, "unauthenticated");
        Problems.demand(STRANGER.get(SHARES + id(share)), 401, "unauthenticated");
    }

    @Test
    void theLinkIsAPageForBrowsersAndTheWayToTheZipForPrograms() {
        JsonNode share = share(Api.object());
        String link = share.get("url").textValue().substring(Api.ROOT.length());
        Answer page = STRANGER.get(link, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Vary")).contains("Accept,");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
        Answer way = STRANGER.get(link, "Accept", "*/*");
        assertThat(way.status()).isEqualTo(303);
        assertThat(way.header("Location")).as("also below the path of a proxy").isEqualTo(".." + path(share) + "/zip");
        Problems.demand(STRANGER.get("/share.html"), 404, "not_found");
        Problems.demand(STRANGER.get("/s/short"), 404, "not_found");
    }

    @Test
    void whatWasRevokedOrHasEndedIsLikeWhatNeverWas() throws Exception {
        JsonNode revoked = share(Api.object());
        assertThat(owner.delete(SHARES + id(revoked)).status()).isEqualTo(204);
        JsonNode ended = share(Api.object().put("expiresAt", Instant.now().plusMillis(1500).toString()));
        STRANGER.awaitAnswer(path(ended), answer -> answer.status() == 404);
        String never = path(ended).substring(0, path(ended).length() - 1) + (path(ended).endsWith("a") ? "b" : "a");
        for (String path : List.of(path(revoked), path(ended), never, "/api/v1/shared/x")) {
            Answer answer = STRANGER.get(path);
            Problems.demand(answer, 404, "not_found");
            assertThat(answer.json().get("detail").textValue()).startsWith("Nothing is behind this link");
            Problems.demand(STRANGER.get(path + "/zip"), 404, "not_found");
            Problems.demand(STRANGER.post(path + "/unlock", Api.object().put("password", PASSWORD)), 404, "not_found");
        }
    }

    @Test
    void aPasswordIsNeededAndNeverTold() {
        JsonNode share = share(Api.object().put("password", PASSWORD));
        assertThat(share.get("hasPassword").booleanValue()).isTrue();
        assertThat(share.toString()).doesNotContain(PASSWORD);
        String path = path(share);
        JsonNode locked = STRANGER.get(path).json();
        assertThat(locked.get("needsPassword").booleanValue()).isTrue();
        assertThat(locked.get("title").isNull() && locked.get("sizeBytes").isNull() && locked.get("items").isEmpty()).isTrue();
        Answer asked = STRANGER.get(path + "/zip", "Accept", "*/*");
        Problems.demand(asked, 401, "unauthenticated");
        assertThat(asked.header("WWW-Authenticate")).startsWith("Basic ");
        assertThat(STRANGER.get(path + "/zip", "Accept", "application/json").header("WWW-Authenticate")).startsWith("xBasic ");
        assertThat(STRANGER.get(path + "/zip", "Accept", "image/webp,*/*;q=0.8").header("WWW-Authenticate")).startsWith("xBasic ");
        Answer wrong = STRANGER.post(path + "/unlock", Api.object().put("password", "five plain words here now"));
        Problems.demand(wrong, 401, "unauthenticated");
        assertThat(wrong.response().headers().map()).doesNotContainKey("set-cookie");
        Problems.demand(basic("five plain words here now").get(path + "/zip"), 401, "unauthenticated");
        assertThat(basic(PASSWORD).get(path + "/zip").bytes()).isEqualTo(whole);
        assertThat(basic(PASSWORD).get(path).json().get("needsPassword").booleanValue()).isFalse();

        Answer right = STRANGER.post(path + "/unlock", Api.object().put("password", PASSWORD));
        assertThat(right.status()).isEqualTo(200);
        String cookie = right.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=" + Api.CONTEXT + path).startsWith("ww_share=");
        Api visitor = Api.withHeaders("Cookie", cookie.split(";")[0]);
        assertThat(visitor.get(path + "/zip").bytes()).isEqualTo(whole);
        JsonNode other = share(Api.object().put("password", PASSWORD));
        Problems.demand(visitor.get(path(other) + "/zip"), 401, "unauthenticated");
        assertThat(patch(share, Api.object().put("password", "another long password")).status()).isEqualTo(200);
        Problems.demand(visitor.get(path + "/zip"), 401, "unauthenticated");
        Problems.demand(basic(PASSWORD).get(path + "/zip"), 401, "unauthenticated");
        Answer limited = patch(share, Api.object().put("maxDownloads", 9));
        assertThat(limited.json().get("hasPassword").booleanValue()).as("it was not named").isTrue();
        Problems.demand(owner.send("PATCH", SHARES + id(share), BodyPublishers.ofString("{\"maxDownloads\":1}"), "Content-Type", "application/json", "If-Match",
                "\"99\""), 412, "precondition_failed");
        Problems.demand(STRANGER.get(path + "/zip"), 401, "unauthenticated");
        JsonNode slower = owner.send("PATCH", SHARES + id(share), BodyPublishers.ofString("{\"bytesPerSecond\":9000000}"), "Content-Type", "application/json",
                "If-Match", limited.header("ETag")).json();
        assertThat(slower.get("maxDownloads").intValue()).isEqualTo(9);
        assertThat(patch(share, Api.object().putNull("password")).json().get("hasPassword").booleanValue()).isFalse();
        assertThat(STRANGER.get(path + "/zip").status()).isEqualTo(200);
        String record = Api.administrator().get("/api/v1/admin/audit-logs?limit=200").text();
        assertThat(record).contains("share.create", "share.change", "share.read", "shares/" + id(share))
                .doesNotContain(path.substring(path.lastIndexOf('/') + 1), PASSWORD);
        Problems.demand(owner.post(DOWNLOADS + "/" + download + "/shares", Api.object().put("password", "short")), 422, "unprocessable");
    }

    @Test
    void whoUnlocksByTheOlderSpellingGoesOnByIt() {
        JsonNode share = share(Api.object().put("password", PASSWORD));
        String older = path(share).substring("/api".length());
        Answer right = STRANGER.post(older + "/unlock", Api.object().put("password", PASSWORD));
        assertThat(right.header("Set-Cookie")).contains("Path=" + Api.CONTEXT + older + ";");
        assertThat(Api.withHeaders("Cookie", right.header("Set-Cookie").split(";")[0]).get(older + "/zip").bytes()).isEqualTo(whole);
    }

    @Test
    void aListIsSharedWithEachOfItsItems() {
        ObjectNode batch = Api.object();
        batch.putArray("items").add(Api.object().put("urlOrId", "4811000000").put("accountName", "sandbox"))
                .add(Api.object().put("urlOrId", "4812000000").put("accountName", "sandbox"));
        String id = owner.post(DOWNLOADS + "/batch", batch).json().get("id").textValue();
        owner.awaitAnswer("/api/v1/batches/" + id, answer -> answer.json().at("/children/success").intValue() == 2);
        Answer made = owner.post("/api/v1/batches/" + id + "/shares", Api.object());
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        JsonNode seen = STRANGER.get(path(made.json())).json();
        assertThat(seen.get("items").findValuesAsText("name")).containsExactly("4811000000", "4812000000");
        Answer one = STRANGER.get(path(made.json()) + "/items/4812000000/zip");
        assertThat(one.header("Content-Disposition")).contains("4812000000.zip");
        assertThat(STRANGER.get(path(made.json()) + "/zip").bytes()).hasSizeGreaterThan(one.bytes().length);
        Problems.demand(STRANGER.get(path(made.json()) + "/items/4810000000/zip"), 404, "not_found");
        assertThat(owner.get("/api/v1/batches/" + id + "/shares").json().get("shares")).hasSize(1);
    }

    @Test
    void theSameCallTwiceMakesOneLink() {
        String shares = DOWNLOADS + "/" + download + "/shares";
        String[] headers = {"Content-Type", "application/json", "Idempotency-Key", "share-" + System.nanoTime()};
        Answer first = owner.post(shares, "{\"maxDownloads\":7}", headers);
        Answer second = owner.post(shares, "{\"maxDownloads\":7}", headers);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        Problems.demand(owner.post(shares, "{\"maxDownloads\":7,\"password\":\"" + PASSWORD + "\"}", headers), 422, "unprocessable");
        Answer read = owner.get(SHARES + id(first.json()));
        assertThat(owner.delete(SHARES + id(first.json()), "If-Match", "\"99\"").status()).isEqualTo(412);
        assertThat(owner.delete(SHARES + id(first.json()), "If-Match", read.header("ETag")).status()).isEqualTo(204);
    }

    @Test
    void parallelCallsMakeNoMoreLinksThanThereMayBe() throws Exception {
        String many = owner.submit("4810000100").get("id").textValue();
        assertThat(owner.awaitFinished(many).get("status").textValue()).isEqualTo("success");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Answer> made : threads.invokeAll(Collections.<Callable<Answer>>nCopies(60, () -> owner.post(DOWNLOADS + "/" + many + "/shares", Api.object())))) {
                statuses.add(made.get().status());
            }
            assertThat(statuses).containsOnly(201, 409).filteredOn(status -> status == 201).hasSize(50);
            assertThat(owner.get(DOWNLOADS + "/" + many + "/shares").json().get("shares")).hasSize(50);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Api basic(String password) {
        return Api.withHeaders("Authorization", "Basic "
                + Base64.getEncoder().encodeToString(("link:" + password).getBytes(StandardCharsets.UTF_8)));
    }
}
