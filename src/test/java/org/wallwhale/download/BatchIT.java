package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

/** Lists of items over HTTP. Nobody plays Steam here, so what its items are is not known. */
class BatchIT extends HttpTest {
    private static final String TWICE = """
            {"items": [{"urlOrId": "%1$s00", "accountName": "sandbox"}, {"urlOrId": "nonsense"}, null,
                {"urlOrId": "%1$s00", "accountName": "sandbox"}, {"urlOrId": "%1$s23", "accountName": "sandbox"}]}""";
    private final Api user = Api.secondUser();

    @Test
    void eachLineHasItsResultAndWhatIsThereIsOneZip() throws IOException {
        String body = TWICE.formatted("56000000");
        String key = UUID.randomUUID().toString();
        Answer answer = user.post("/api/v1/downloads/batch", body, "Content-Type", "application/json", "Idempotency-Key", key);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().get("items").findValuesAsText("result")).containsExactly("accepted", "invalid", "invalid", "duplicate", "accepted");
        assertThat(answer.json().at("/items/1/code").textValue()).isEqualTo("invalid");
        String batch = answer.header("Location").replaceFirst("^https?://[^/]+" + Api.CONTEXT, "");
        assertThat(user.post("/api/v1/downloads/batch", body, "Content-Type", "application/json", "Idempotency-Key", key).json()).as("sent again").isEqualTo(answer.json());

        String list = batch.replaceFirst("/[^/]*$", "");
        Answer ended = user.awaitAnswer(batch, seen -> seen.json().at("/children/queued").intValue() + seen.json().at("/children/running").intValue() == 0);
        assertThat(ended.json().at("/children/success").intValue()).isEqualTo(1);
        assertThat(ended.json().at("/items/4/status").textValue()).isEqualTo("failed");
        JsonNode listed = user.get(list + "?limit=1").json();
        assertThat(listed.at("/batches/0/id")).isEqualTo(ended.json().get("id"));
        assertThat(listed.at("/batches/0/lines").intValue()).isEqualTo(5);
        assertThat(listed.at("/batches/0/children")).isEqualTo(ended.json().get("children"));
        assertThat(listed.at("/pagination/limit").intValue()).isEqualTo(1);
        Problems.demand(user.get(list + "?limit=201"), 400, "invalid");
        Problems.demand(Api.withKey(Api.administrator().createKey("live", "download:write")).get(list), 403, "forbidden");
        assertThat(Api.administrator().get(list + "?limit=200").text()).as("somebody else's").doesNotContain(ended.json().get("id").textValue());
        Set<String> folders = new TreeSet<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(user.get(batch + "/zip").bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                folders.add(entry.getName().split("/")[0]);
            }
        }
        assertThat(folders).containsExactly("5600000000");
        assertThat(reads(batch)).isEqualTo(1);
        assertThat(user.head(batch + "/zip").status()).isEqualTo(200);
        assertThat(reads(batch)).as("HEAD takes nothing").isEqualTo(1);
        assertThat(Api.withKey(Api.administrator().createKey("test", "download:read")).get(batch).status()).as("no batch of the sandbox's").isEqualTo(404);
    }

    /** How often it is on record that somebody took the batch. */
    private static int reads(String batch) {
        return Api.administrator().get("/api/v1/admin/audit-logs?action=batch.read&limit=100").text().split(batch.replaceFirst("^.*/", ""), -1).length - 1;
    }

    @Test
    void whatItemsAreIsSaidLineByLine() {
        Api sandbox = Api.withKey(Api.administrator().createKey("test", "download:read"));
        String lines = "{\"urlOrIds\": [\"5600000000\", \"5600000023\", \"x\", \"https://steamcommunity.com/sharedfiles/filedetails/?id=5600000000\"]}";
        JsonNode items = sandbox.post("/api/v1/items/lookup", lines).json().get("items");
        assertThat(items.findValuesAsText("result")).containsExactly("found", "unknown", "invalid", "found");
        assertThat(items.at("/0/title").textValue()).isEqualTo("Sandbox item 5600000000");
        assertThat(items.at("/0/kind").textValue()).isEqualTo("item");
        assertThat(items.at("/3/duplicateOf").intValue()).isZero();
        assertThat(user.post("/api/v1/items/lookup", lines).json().get("items").findValuesAsText("result"))
                .as("Steam does not answer").containsExactly("unknown", "unknown", "invalid", "unknown");
        assertThat(user.post("/api/v1/items/lookup", "{\"urlOrIds\": []}").status()).isEqualTo(400);
    }

    @Test
    void anItemHasNoChildren() {
        String id = user.submit("5600000100").get("id").textValue();
        assertThat(user.get("/api/v1/downloads/" + id + "/children").json().get("downloads")).isEmpty();
        assertThat(user.get("/api/v1/downloads/" + id + "/children?after=x").text()).contains("no cursor of this list");
        assertThat(user.download(id).get("children").isNull()).isTrue();
        user.awaitFinished(id);
    }
}
