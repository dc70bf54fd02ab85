package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

/** Small items of the sandbox have a bit more than 4 MiB. */
class StorageIT extends HttpTest {
    private static final String USERS = "/api/v1/admin/users";
    private static final String PASSWORD = "teapot lantern gravel sixty";
    private final Api administrator = Api.administrator();
    private final String email = "keeper-" + UUID.randomUUID() + "@example.org";
    private final String id = administrator.post(USERS, terms(5L << 20).put("password", PASSWORD)).json().get("id").textValue();
    private final Api keeper = Api.withToken(Api.token(email, PASSWORD));

    @Test
    void whatDownloadsKeepIsCountedAndMoreThanTheQuotaIsNotKept() {
        assertThat(storage()).isEqualTo("{\"used\":0,\"limit\":5242880}");
        JsonNode first = keeper.awaitFinished(keeper.submit("5500000000").get("id").textValue());
        assertThat(first.get("status").textValue()).isEqualTo("success");
        long size = first.get("bytesTotal").longValue();
        assertThat(storage()).isEqualTo("{\"used\":" + size + ",\"limit\":5242880}");

        JsonNode second = keeper.awaitFinished(keeper.submit("5500000100").get("id").textValue());
        assertThat(second.get("status").textValue()).isEqualTo("failed");
        assertThat(second.get("error").get("code").textValue()).isEqualTo("storage_quota");
        assertThat(second.get("error").get("message").textValue()).contains(size + " of 5242880 bytes");
        assertThat(second.get("error").get("advice").textValue()).contains("Delete downloads", "administrator");
        assertThat(second.get("attempt").intValue()).as("no retry helps").isEqualTo(1);
        assertThat(second.get("contentAvailable").booleanValue()).isFalse();
        JsonNode same = keeper.awaitFinished(keeper.submit("5500000000").get("id").textValue());
        assertThat(same.get("status").textValue()).as("what is there already costs nothing").isEqualTo("success");
        assertThat(storage()).isEqualTo("{\"used\":" + size + ",\"limit\":5242880}");
    }

    @Test
    void whoHasNothingLeftMayNotSubmitUntilSomethingIsDeleted() {
        JsonNode first = keeper.awaitFinished(keeper.submit("5500000200").get("id").textValue());
        JsonNode failed = keeper.awaitFinished(keeper.submit("5500000302").get("id").textValue());
        assertThat(failed.get("error").get("code").textValue()).as("24 MiB, stopped in the middle").isEqualTo("storage_quota");
        String size = first.get("bytesTotal").asText();
        put(terms(first.get("bytesTotal").longValue()));
        String key = UUID.randomUUID().toString();
        JsonNode problem = Problems.demand(submit(key), 422, "storage_quota");
        assertThat(problem.get("detail").textValue()).contains(size + " of " + size + " bytes", "Delete downloads", "administrator");
        Problems.demand(keeper.post(DOWNLOADS + "/" + failed.get("id").textValue() + "/retry", ""), 422, "storage_quota");
        assertThat(keeper.delete(DOWNLOADS + "/" + first.get("id").textValue()).status()).isEqualTo(204);
        assertThat(storage()).isEqualTo("{\"used\":0,\"limit\":" + size + "}");
        assertThat(submit(key).status()).as("what was refused may be sent again").isEqualTo(202);
    }

    @Test
    void withoutAQuotaThereIsNoLimit() {
        JsonNode storage = Api.secondUser().get("/api/v1/me").json().get("storage");
        assertThat(storage.get("limit").isNull()).isTrue();
        assertThat(storage.get("used").longValue()).isNotNegative();
    }

    private Answer submit(String key) {
        return keeper.post(DOWNLOADS, Api.object().put("urlOrId", "5500000400").put("accountName", "sandbox")
                .put("startAt", "2099-01-01T00:00:00Z").toString(), "Content-Type", "application/json", "Idempotency-Key", key);
    }

    private String storage() {
        return keeper.get("/api/v1/me").json().get("storage").toString();
    }

    private ObjectNode terms(long quota) {
        return Api.object().put("email", email).put("role", "user").put("isActive", true).put("storageQuotaBytes", quota);
    }

    private void put(ObjectNode body) {
        Answer changed = administrator.send("PUT", USERS + "/" + id, BodyPublishers.ofString(body.toString()), "Content-Type", "application/json");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }
}
