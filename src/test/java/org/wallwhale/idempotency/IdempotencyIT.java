package org.wallwhale.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;
import org.wallwhale.ServerKind;

class IdempotencyIT extends HttpTest {
    private static final String KEYS = "/api/v1/admin/api-keys";
    private final Api user = Api.secondUser();
    private final Api administrator = Api.administrator();
    private final String key = UUID.randomUUID().toString();

    @Test
    void aRepeatedSubmitGetsTheFirstAnswerEvenWhenTheDownloadIsOver() {
        Answer first = submit(user, key, "4800000000");
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(user.post(DOWNLOADS + "/" + first.json().get("id").textValue() + "/cancel", "").status()).isEqualTo(200);
        Answer second = submit(user, key, "4800000000");
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(user.get(DOWNLOADS + "?pubfileId=4800000000").json().get("pagination").get("total").intValue()).isEqualTo(1);
        JsonNode another = submit(user, key + "!", "4800000000").json();
        assertThat(another.get("id")).as("with another key").isNotEqualTo(first.json().get("id"));
    }

    @Test
    void anotherBodyWithTheSameKeyIsRefusedAndNamesTheHeader() {
        submit(user, key, "4800000100");
        JsonNode problem = Problems.demand(submit(user, key, "4800000101"), 422, "unprocessable");
        assertThat(problem.get("detail").textValue()).contains("Idempotency-Key");
        assertThat(user.get(DOWNLOADS + "?pubfileId=4800000101").json().get("downloads")).isEmpty();
    }

    @Test
    void aKeyBelongsToTheCredentialThatSentIt() {
        String first = submit(user, key, "4800000200").json().get("id").textValue();
        Api other = Api.withKey(administrator.createKey("test", "download:*"));
        Answer theirs = submit(other, key, "4800000200");
        assertThat(theirs.status()).isEqualTo(202);
        assertThat(theirs.header("Idempotency-Replayed")).isEmpty();
        assertThat(theirs.json().get("id").textValue()).isNotEqualTo(first);
    }

    @Test
    void whatWasRefusedMayBeSentAgainWithTheSameKey() {
        Problems.demand(submit(user, key, "nonsense"), 400, "invalid");
        Problems.demand(submit(user, key, "nonsense"), 400, "invalid");
        assertThat(submit(user, key, "4800000300").status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "LONG"})
    void aKeyThatIsNoneIsRefused(String bad) {
        if (bad.equals("a\tb") && ServerKind.underTest() == ServerKind.WILDFLY) {
            String unique = UUID.randomUUID().toString();
            assertThat(submit(user, unique + " b", "4800000400").status()).isEqualTo(202);
            assertThat(submit(user, unique + "\tb", "4800000400").header("Idempotency-Replayed")).as("WildFly reads it as a blank").isEqualTo("true");
            return;
        }
        JsonNode problem = Problems.demand(submit(user, bad.replace("LONG", "x".repeat(256)), "4800000400"), 400, "invalid");
        assertThat(problem.get("detail").textValue()).isEqualTo(
                "The header Idempotency-Key must hold 1 to 255 printable ASCII characters");
        assertThat(submit(user, "x".repeat(200) + UUID.randomUUID() + " !\"~", "4800000400").status()).isEqualTo(202);
    }

    @Test
    void thirtyEqualCallsAtOnceMakeOneDownloadAndGetOneAnswer() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(30);
        List<Answer> answers = new ArrayList<>();
        try {
            Callable<Answer> one = () -> submit(user, key, "4800000500");
            for (Future<Answer> answer : clients.invokeAll(Collections.nCopies(30, one))) {
                answers.add(answer.get());
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(answers).extracting(Answer::status).containsAnyOf(202).isSubsetOf(202, 409);
        assertThat(answers).filteredOn(answer -> answer.status() == 202).extracting(Answer::text).containsOnly(
                submit(user, key, "4800000500").text());
        assertThat(answers).filteredOn(answer -> answer.status() == 202 && answer.header("Idempotency-Replayed").isEmpty()).hasSize(1);
        assertThat(user.get(DOWNLOADS + "?pubfileId=4800000500").json().get("pagination").get("total").intValue()).isEqualTo(1);
    }

    @Test
    void anApiKeyIsMadeOnceAndItsTextIsNotToldAgain() {
        ObjectNode terms = Api.object().put("name", "A test's key").put("kind", "test");
        terms.putArray("scopes").add("download:read");
        terms.putObject("meta").put("n", 1);
        Answer first = post(administrator, KEYS, terms);
        assertThat(first.status()).isEqualTo(201);
        Answer second = post(administrator, KEYS, terms);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.json().get("key").isNull()).isTrue();
        assertThat(second.json().get("apiKey")).isEqualTo(first.json().get("apiKey"));
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(Api.withKey(first.json().get("key").textValue()).get(DOWNLOADS).status()).isEqualTo(200);
    }

    @Test
    void anApiKeyIsRotatedOnceAndOnlyTheOneThatWasNamed() {
        String id = made("one");
        String other = made("other");
        String path = KEYS + "/" + id + "/rotate";
        Answer first = post(administrator, path, Api.object().put("graceSeconds", 60));
        assertThat(first.status()).isEqualTo(200);
        Answer second = post(administrator, path, Api.object().put("graceSeconds", 60));
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().get("key").isNull()).isTrue();
        assertThat(second.json().get("apiKey")).isEqualTo(first.json().get("apiKey"));
        assertThat(Api.withKey(first.json().get("key").textValue()).get(DOWNLOADS).status()).as("the text of the first answer").isEqualTo(200);
        Problems.demand(post(administrator, KEYS + "/" + other + "/rotate", Api.object().put("graceSeconds", 60)), 422, "unprocessable");
    }

    private String made(String name) {
        ObjectNode terms = Api.object().put("name", name);
        terms.putArray("scopes").add("download:read");
        return administrator.post(KEYS, terms).json().get("apiKey").get("id").textValue();
    }

    private Answer post(Api caller, String path, ObjectNode body) {
        return caller.post(path, body.toString(), "Content-Type", "application/json", "Idempotency-Key", key);
    }

    private static Answer submit(Api caller, String key, String item) {
        return caller.post(DOWNLOADS, Api.object().put("urlOrId", item).put("accountName", "sandbox").put("startAt", "2099-01-01T00:00:00Z")
                .toString(), "Content-Type", "application/json", "Idempotency-Key", key);
    }
}
