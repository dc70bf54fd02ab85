package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

class ApiKeysIT extends HttpTest {
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static final String DOWNLOADS = "/api/v1/downloads";
    private Api administrator;

    @BeforeEach
    void logIn() {
        administrator = Api.administrator();
    }

    @Test
    void aKeyIsReadBackAsItWasMade() {
        ObjectNode terms = terms("download:write", "download:read").put("rateLimit", 60).put("downloadsDaily", 0).put("maxConcurrent", 2)
                .put("expiresAt", "2099-01-01T00:00:00Z");
        terms.putArray("ipAllow").add("127.0.0.0/8").add("2001:db8::/32");
        terms.putObject("meta").put("portal", "shop").putArray("tags").add(1);
        Answer created = administrator.post(KEYS, terms);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        JsonNode key = administrator.get(KEYS + "/" + id(created)).json();
        assertThat(key).isEqualTo(created.json().get("apiKey"));
        assertThat(key.get("scopes").toString()).isEqualTo("[\"download:read\",\"download:write\"]");
        assertThat(key.get("rateLimit").intValue()).isEqualTo(60);
        assertThat(key.get("downloadsDaily").intValue()).isZero();
        assertThat(key.get("quotaDaily").isNull()).isTrue();
        assertThat(key.get("ipAllow").toString()).isEqualTo("[\"127.0.0.0/8\",\"2001:db8::/32\"]");
        assertThat(key.get("meta").toString()).isEqualTo("{\"portal\":\"shop\",\"tags\":[1]}");
        assertThat(key.get("madeByKey").isNull()).isTrue();
        assertThat(key.has("version")).isFalse();
        assertThat(key.has("hash")).isFalse();
    }

    @Test
    void aPatchChangesWhatItNamesAndAReplacementAllOfIt() {
        String id = id(administrator.post(KEYS, terms("download:read").put("rateLimit", 60).put("quotaDaily", 10)));
        JsonNode patched = patch(id, "{\"quotaDaily\":null,\"name\":\"other\"}").json();
        assertThat(patched.get("quotaDaily").isNull()).isTrue();
        assertThat(patched.get("rateLimit").intValue()).isEqualTo(60);
        assertThat(patched.get("name").textValue()).isEqualTo("other");
        JsonNode replaced = administrator.send("PUT", KEYS + "/" + id, BodyPublishers.ofString(terms("download:write").toString()),
                "Content-Type", "application/json").json();
        assertThat(replaced.get("rateLimit").isNull()).isTrue();
        assertThat(replaced.get("scopes").toString()).isEqualTo("[\"download:write\"]");
        assertThat(replaced.get("isActive").booleanValue()).isTrue();
    }

    @Test
    void whoWasOvertakenIsTold() {
        String id = id(administrator.post(KEYS, terms("download:read")));
        String tag = administrator.get(KEYS + "/" + id).header("ETag");
        assertThat(tag).matches("\"[^\"]+\"");
        assertThat(patch(id, "{\"name\":\"first\"}", "If-Match", tag).status()).isEqualTo(200);
        Problems.demand(patch(id, "{\"name\":\"second\"}", "If-Match", tag), 412, "precondition_failed");
        assertThat(administrator.get(KEYS + "/" + id).json().get("name").textValue()).isEqualTo("first");
    }

    @Test
    void aScopeThatIsTakenAwayIsGoneAtTheNextCall() {
        Answer created = administrator.post(KEYS, terms("download:read", "admin:read"));
        Api api = Api.withKey(text(created));
        assertThat(api.get(KEYS).status()).isEqualTo(200);
        patch(id(created), "{\"scopes\":[\"download:read\"]}");
        Problems.demand(api.awaitAnswer(KEYS, answer -> answer.status() != 200), 403, "forbidden");
        patch(id(created), "{\"isActive\":false}");
        Problems.demand(api.awaitAnswer(DOWNLOADS, answer -> answer.status() != 200), 401, "unauthenticated");
    }

    @Test
    void aRotatedKeyHasANewTextAndTheOldOneAGrace() {
        Answer created = administrator.post(KEYS, terms("download:read"));
        Answer rotated = administrator.post(KEYS + "/" + id(created) + "/rotate", Api.object());
        assertThat(id(rotated)).isEqualTo(id(created));
        assertThat(text(rotated)).isNotEqualTo(text(created));
        assertThat(Api.withKey(text(created)).get(DOWNLOADS).status()).isEqualTo(200);
        assertThat(Api.withKey(text(rotated)).get(DOWNLOADS).status()).isEqualTo(200);
        Answer again = administrator.post(KEYS + "/" + id(created) + "/rotate", Api.object().put("graceSeconds", 0));
        Problems.demand(Api.withKey(text(rotated)).awaitAnswer(DOWNLOADS, answer -> answer.status() != 200), 401, "unauthenticated");
        Problems.demand(Api.withKey(text(created)).awaitAnswer(DOWNLOADS, answer -> answer.status() != 200), 401, "unauthenticated");
        assertThat(Api.withKey(text(again)).get(DOWNLOADS).status()).isEqualTo(200);
        administrator.delete(KEYS + "/" + id(created));
        Problems.demand(administrator.post(KEYS + "/" + id(created) + "/rotate", Api.object()), 409, "conflict");
    }

    @Test
    void aKeyRotatesOnlyItselfAndWhatItMade() {
        Answer stranger = administrator.post(KEYS, terms("download:read"));
        Answer maker = administrator.post(KEYS, terms("admin:write", "download:read"));
        Answer made = Api.withKey(text(maker)).post(KEYS, terms("download:read"));
        Problems.demand(Api.withKey(text(maker)).post(KEYS + "/" + id(stranger) + "/rotate", Api.object()), 403, "forbidden");
        assertThat(Api.withKey(text(maker)).post(KEYS + "/" + id(made) + "/rotate", Api.object()).status()).isEqualTo(200);
        assertThat(Api.withKey(text(maker)).post(KEYS + "/" + id(maker) + "/rotate", Api.object()).status()).isEqualTo(200);
    }

    @Test
    void aKeyRevokesItselfWhateverItsScopesAreAndNoOther() {
        Answer own = administrator.post(KEYS, terms("download:read"));
        Answer other = administrator.post(KEYS, terms("download:read"));
        Api key = Api.withKey(text(own));
        Problems.demand(key.delete(KEYS + "/" + id(other)), 403, "forbidden");
        Problems.demand(key.get(KEYS + "/" + id(own)), 403, "forbidden");
        assertThat(key.delete(KEYS + "/" + id(own)).status()).isEqualTo(204);
        Problems.demand(key.awaitAnswer(DOWNLOADS, answer -> answer.status() != 200), 401, "unauthenticated");
        assertThat(Api.withKey(text(other)).get(DOWNLOADS).status()).isEqualTo(200);
        JsonNode entry = administrator.get("/api/v1/admin/audit-logs?action=key.revoke&limit=200").json().get("auditLogs").valueStream()
                .filter(each -> each.get("subject").textValue().equals("admin/api-keys/" + id(own))).findFirst().orElseThrow();
        assertThat(entry.get("keyId").textValue()).isEqualTo(id(own));
        assertThat(entry.get("result").textValue()).isEqualTo("done");
    }

    @Test
    void aRevokedKeyNeverComesBackButASwitchedOffOneMay() {
        Answer created = administrator.post(KEYS, terms("download:read"));
        patch(id(created), "{\"isActive\":false}");
        assertThat(patch(id(created), "{\"isActive\":true}").status()).isEqualTo(200);
        assertThat(Api.withKey(text(created)).get(DOWNLOADS).status()).isEqualTo(200);
        administrator.delete(KEYS + "/" + id(created));
        Problems.demand(patch(id(created), "{\"isActive\":true}"), 409, "conflict");
        Problems.demand(Api.withKey(text(created)).awaitAnswer(DOWNLOADS, answer -> answer.status() != 200), 401, "unauthenticated");
    }

    @Test
    void aKeyBoundToOtherAddressesLetsNobodyInFromHere() {
        ObjectNode terms = terms("download:read");
        terms.putArray("ipAllow").add("192.0.2.0/24");
        Answer created = administrator.post(KEYS, terms);
        JsonNode problem = Problems.demand(Api.withKey(text(created)).get(DOWNLOADS), 403, "forbidden");
        assertThat(problem.get("message").textValue()).contains("127.0.0.1");
        Problems.demand(Api.withHeaders("X-API-Key", text(created), "X-Forwarded-For", "192.0.2.1").get(DOWNLOADS), 403, "forbidden");
        patch(id(created), "{\"ipAllow\":[\"::ffff:127.0.0.1\"]}");
        Api.withKey(text(created)).awaitAnswer(DOWNLOADS, answer -> answer.status() == 200);
    }

    @Test
    void whatAKeyMadeGoesWithIt() {
        Answer maker = administrator.post(KEYS, terms("admin:write", "download:read"));
        Answer made = Api.withKey(text(maker)).post(KEYS, terms("download:read"));
        Answer grandchild = administrator.post(KEYS, terms("download:read"));
        assertThat(made.json().get("apiKey").get("madeByKey").textValue()).isEqualTo(id(maker));
        administrator.delete(KEYS + "/" + id(maker));
        Problems.demand(Api.withKey(text(made)).awaitAnswer(DOWNLOADS, answer -> answer.status() != 200), 401, "unauthenticated");
        assertThat(Api.withKey(text(grandchild)).get(DOWNLOADS).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"rateLimit\":11}                           | /rateLimit",
        "{\"rateLimit\":null}                         | /rateLimit",
        "{\"ipAllow\":[\"0.0.0.0/0\"]}                | /ipAllow",
        "{\"ipAllow\":[]}                             | /ipAllow",
        "{\"expiresAt\":null}                         | /expiresAt",
    })
    void aKeyGivesNoMoreThanItHas(String change, String pointer) throws Exception {
        ObjectNode terms = terms("admin:write").put("rateLimit", 10).put("expiresAt", "2098-01-01T00:00:00Z");
        terms.putArray("ipAllow").add("127.0.0.1");
        Api maker = Api.withKey(text(administrator.post(KEYS, terms)));
        assertThat(maker.post(KEYS, terms).status()).isEqualTo(201);
        terms.setAll((ObjectNode) new com.fasterxml.jackson.databind.ObjectMapper().readTree(change));
        JsonNode problem = Problems.demand(maker.post(KEYS, terms), 403, "forbidden");
        assertThat(problem.get("errors").findValuesAsText("pointer")).containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"kind\":\"test\"}                          | /kind",
        "{\"userId\":\"00000000-0000-0000-0000-000000000001\"} | /userId",
        "{\"ipAllow\":[\"127.0.0.1\",\"localhost\"]}  | /ipAllow/1",
        "{\"name\":\"\"}                              | /name",
        "{\"scopes\":[]}                              | /scopes",
        "{\"scopes\":null}                            | /scopes",
        "{\"rateLimit\":0}                            | /rateLimit",
        "{\"expiresAt\":\"2020-01-01T00:00:00Z\"}     | /expiresAt",
    })
    void aBadChangeIsRefusedByItsMember(String change, String pointer) {
        String id = id(administrator.post(KEYS, terms("download:read")));
        JsonNode problem = Problems.demand(patch(id, change), 400, "invalid");
        assertThat(problem.get("errors").findValuesAsText("pointer")).containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"lastUsedAt\":null} | /lastUsedAt",
        "{\"requestCount\":5}  | /requestCount",
        "{\"rateLimit\":\"5\"} | /rateLimit",
        "{\"limits\":{\"rateLimit\":5}} | /limits",
        "[]                    | ``",
    })
    void whatCannotBeReadIsMalformed(String change, String pointer) {
        String id = id(administrator.post(KEYS, terms("download:read")));
        JsonNode problem = Problems.demand(patch(id, change), 400, "malformed");
        assertThat(problem.get("errors").findValuesAsText("pointer")).containsExactly(pointer);
    }

    @Test
    void anAdministratorMakesKeysForOthersWithinTheirRights() {
        String second = Api.anonymous().login(SecondUser.EMAIL, SecondUser.PASSWORD).json().get("user").get("id").textValue();
        Answer created = administrator.post(KEYS, terms("download:read", "admin:read").put("userId", second));
        assertThat(created.json().get("apiKey").get("userId").textValue()).isEqualTo(second);
        Api api = Api.withKey(text(created));
        assertThat(api.get(DOWNLOADS).status()).isEqualTo(200);
        Problems.demand(api.get(KEYS), 403, "forbidden");
        Problems.demand(administrator.post(KEYS, terms("download:read").put("userId", "00000000-0000-0000-0000-000000000001")), 400,
                "invalid");
    }

    @Test
    void theListComesInPages() {
        for (int i = 0; i < 3; i++) {
            administrator.createKey("live", "download:read");
        }
        JsonNode page = administrator.get(KEYS + "?limit=2&offset=1").json();
        assertThat(page.get("apiKeys")).hasSize(2);
        assertThat(page.get("pagination").get("hasMore").booleanValue()).isTrue();
        assertThat(Instant.parse(page.get("apiKeys").get(0).get("createdAt").textValue()))
                .isAfterOrEqualTo(Instant.parse(page.get("apiKeys").get(1).get("createdAt").textValue()));
    }

    private Answer patch(String id, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = "application/merge-patch+json";
        return administrator.send("PATCH", KEYS + "/" + id, BodyPublishers.ofString(body), all);
    }

    private static ObjectNode terms(String... scopes) {
        ObjectNode terms = Api.object().put("name", "A test's key");
        for (String scope : scopes) {
            terms.withArray("scopes").add(scope);
        }
        return terms;
    }

    private static String id(Answer created) {
        return created.json().get("apiKey").get("id").textValue();
    }

    private static String text(Answer created) {
        return created.json().get("key").textValue();
    }
}
