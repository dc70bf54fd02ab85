package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

class UsersIT extends HttpTest {
    private static final String USERS = "/api/v1/admin/users";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String ME = "/api/v1/me";
    private static final String PASSWORD = "teapot lantern gravel sixty";
    private final Api administrator = Api.administrator();

    @Test
    void aUserIsMadeFoundChangedAndDeleted() {
        String email = "ann-" + UUID.randomUUID() + "@example.org";
        Answer created = administrator.post(USERS, wish(email).put("maxConcurrent", 2).put("storageQuotaBytes", 5_000_000_000L));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String id = created.json().get("id").textValue();
        assertThat(created.header("Location")).endsWith(USERS + "/" + id);
        assertThat(created.json().fieldNames()).toIterable().containsExactly("id", "email", "role", "isActive", "mustChangePassword",
                "rateLimit", "quotaDaily", "quotaMonthly", "downloadsDaily", "downloadsMonthly", "maxConcurrent", "maxRuntimeSeconds",
                "storageQuotaBytes", "createdAt", "updatedAt", "lastLoginAt", "generatedPassword");
        assertThat(created.json().get("role").textValue()).isEqualTo("user");
        assertThat(created.json().get("storageQuotaBytes").longValue()).isEqualTo(5_000_000_000L);
        Answer got = administrator.get(USERS + "/" + id);
        assertThat(got.json().get("maxConcurrent").intValue()).isEqualTo(2);
        JsonNode list = administrator.get(USERS + "?q=" + email.substring(0, 20).toUpperCase(java.util.Locale.ROOT) + "&limit=5").json();
        assertThat(list.get("users").findValuesAsText("id")).containsExactly(id);
        assertThat(list.get("pagination").toString()).isEqualTo("{\"total\":1,\"limit\":5,\"offset\":0,\"hasMore\":false}");

        ObjectNode whole = wish(email).put("role", "admin").put("isActive", true).without(List.of("password"));
        Answer stale = put(USERS + "/" + id, whole, "If-Match", "\"99\"");
        Problems.demand(stale, 412, "precondition_failed");
        Answer changed = put(USERS + "/" + id, whole, "If-Match", got.header("ETag"));
        assertThat(changed.json().get("role").textValue()).isEqualTo("admin");
        assertThat(changed.json().get("maxConcurrent").isNull()).as("a PUT replaces the whole").isTrue();
        assertThat(changed.header("ETag")).isNotEqualTo(got.header("ETag")).startsWith("\"");
        Problems.demand(administrator.delete(USERS + "/" + id, "If-Match", got.header("ETag")), 412, "precondition_failed");
        assertThat(administrator.delete(USERS + "/" + id).status()).isEqualTo(204);
        Problems.demand(administrator.get(USERS + "/" + id), 404, "not_found");
        Problems.demand(put(USERS + "/" + id, whole), 404, "not_found");
        Problems.demand(administrator.delete(USERS + "/" + id), 404, "not_found");
        assertThat(administrator.post(USERS, wish(email)).status()).as("the address is free again").isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"password\":\"teapot lantern gravel\"}                                   | 400 | invalid       | /email",
        "{\"email\":\"nobody\",\"password\":\"teapot lantern gravel\"}              | 400 | invalid       | /email",
        "{\"email\":\"a@b\\u0007\",\"password\":\"teapot lantern gravel\"}          | 400 | invalid       | /email",
        "{\"email\":\"a@b\",\"password\":\"teapot lantern gravel\",\"role\":\"god\"} | 400 | malformed    | /role",
        "{\"email\":\"a@b\",\"password\":\"teapot lantern gravel\",\"rateLimit\":0} | 400 | invalid       | /rateLimit",
        "{\"email\":\"a@b\",\"password\":\"teapot lantern gravel\",\"scopes\":[]}   | 400 | malformed     | /scopes",
        "{\"email\":\"a@b\",\"password\":17}                                        | 400 | malformed     | /password",
        "{\"email\":\"a@b\",\"password\":\"eleven char\"}                           | 422 | unprocessable | /password",
        "{\"email\":\"a@b\",\"password\":\"Password-1234\"}                         | 422 | unprocessable | /password",
        "{\"email\":\"user@example.org\",\"password\":\"teapot lantern gravel\"}    | 409 | conflict      | /email"
    })
    void aBadWishIsRefused(String body, int status, String code, String pointer) {
        JsonNode problem = Problems.demand(administrator.post(USERS, body, "Content-Type", "application/json"), status, code);
        assertThat(problem.get("errors").findValuesAsText("pointer")).contains(pointer);
        assertThat(problem.toString()).doesNotContain("1234", "eleven");
    }

    @Test
    void aPatchChangesWhatItNamesWhereItsETagIsTheNewest() {
        String email = "ann-" + UUID.randomUUID() + "@example.org";
        Answer created = administrator.post(USERS, wish(email).put("maxConcurrent", 2).put("rateLimit", 600));
        String id = created.json().get("id").textValue();
        Answer patched = patch(id, "{\"maxConcurrent\":null,\"role\":\"admin\"}", MERGE_PATCH, "If-Match", created.header("ETag"));
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        assertThat(patched.json().get("maxConcurrent").isNull()).isTrue();
        assertThat(patched.json().get("rateLimit").intValue()).isEqualTo(600);
        assertThat(patched.json().get("role").textValue()).isEqualTo("admin");
        assertThat(patched.json().get("email").textValue()).isEqualTo(email);
        Problems.demand(patch(id, "{\"role\":\"user\"}", MERGE_PATCH, "If-Match", created.header("ETag")), 412, "precondition_failed");
        assertThat(patch(id, "{}", "application/json", "If-Match", patched.header("ETag")).status()).isEqualTo(200);
        Problems.demand(patch(id, "{}", "text/plain"), 415, "unsupported_media_type");
        Problems.demand(patch(UUID.randomUUID().toString(), "{}", MERGE_PATCH), 404, "not_found");
    }

    @Test
    void aPatchEndsTheSessionsOfWhoGetsAnotherPasswordOrIsDeactivated() {
        String email = "ann-" + UUID.randomUUID() + "@example.org";
        String id = create(wish(email));
        Api ann = Api.withToken(Api.token(email, PASSWORD));
        Answer changed = patch(id, "{\"password\":\"quarry hinge ballad moss\"}", MERGE_PATCH);
        assertThat(changed.json().get("mustChangePassword").booleanValue()).isTrue();
        assertThat(changed.text()).doesNotContain("quarry");
        Problems.demand(ann.get(ME), 401, "unauthenticated");
        Api again = Api.withToken(Api.token(email, "quarry hinge ballad moss"));
        Problems.demand(again.get(DOWNLOADS), 403, "password_change_needed");
        patch(id, "{\"isActive\":false}", MERGE_PATCH);
        Problems.demand(again.get(ME), 401, "unauthenticated");
        assertThat(administrator.get("/api/v1/admin/audit-logs?limit=200").text()).contains("user.password").doesNotContain("quarry");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"email\":null}                 | 400 | invalid       | /email",
        "{\"email\":\"nobody\"}           | 400 | invalid       | /email",
        "{\"role\":null}                  | 400 | invalid       | /role",
        "{\"isActive\":null}              | 400 | invalid       | /isActive",
        "{\"role\":\"god\"}               | 400 | malformed     | /role",
        "{\"rateLimit\":0}                | 400 | invalid       | /rateLimit",
        "{\"rateLimit\":\"5\"}            | 400 | malformed     | /rateLimit",
        "{\"storageQuotaBytes\":-1}       | 400 | invalid       | /storageQuotaBytes",
        "{\"lastLoginAt\":null}           | 400 | malformed     | /lastLoginAt",
        "{\"limits\":{\"rateLimit\":5}}   | 400 | malformed     | /limits",
        "{\"password\":1234}              | 400 | malformed     | /password",
        "{\"password\":\"Password-1234\"} | 422 | unprocessable | /password",
        "[]                               | 400 | malformed     | ``",
        "null                             | 400 | invalid       | ``",
    })
    void aBadPatchIsRefused(String patch, int status, String code, String pointer) {
        String id = administrator.get(USERS + "?q=" + SecondUser.EMAIL).json().at("/users/0/id").textValue();
        JsonNode problem = Problems.demand(patch(id, patch, MERGE_PATCH), status, code);
        assertThat(problem.get("errors").findValuesAsText("pointer")).contains(pointer);
        assertThat(problem.toString()).doesNotContain("1234");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=201", "?offset=-1", "?role=admin"})
    void aBadQueryIsRefused(String query) {
        Problems.demand(administrator.get(USERS + query), 400, "invalid");
    }

    @Test
    void onlyAdministratorsGetAtUsers() {
        String id = administrator.get(USERS).json().get("users").get(0).get("id").textValue();
        Api reader = Api.withKey(administrator.createKey("live", "admin:read"));
        assertThat(reader.get(USERS + "/" + id).status()).isEqualTo(200);
        for (Api api : List.of(Api.secondUser(), reader)) {
            Problems.demand(api.post(USERS, wish("a@b")), 403, "forbidden");
            Problems.demand(api.delete(USERS + "/" + id), 403, "forbidden");
        }
        Problems.demand(Api.secondUser().get(USERS), 403, "forbidden");
        Problems.demand(Api.anonymous().get(USERS), 401, "unauthenticated");
    }

    @Test
    void aDeactivatedUserIsOutAtOnceWithKeysStreamsAndDownloads() throws Exception {
        String email = "leaver-" + UUID.randomUUID() + "@example.org";
        String id = create(wish(email).put("role", "admin"));
        Api leaver = Api.withToken(Api.token(email, PASSWORD));
        Api key = Api.withKey(leaver.createKey("live", "download:read"));
        String running = leaver.submit("7" + randomDigits() + "03").get("id").textValue();
        leaver.await(running, download -> download.get("status").textValue().equals("running"));
        String queued = leaver.submit(Api.object().put("urlOrId", "7" + randomDigits() + "00").put("accountName", "sandbox")
                .put("startAt", "2099-01-01T00:00:00Z")).get("id").textValue();
        CompletableFuture<Void> stream = follow(Api.token(email, PASSWORD));

        JsonNode changed = put(USERS + "/" + id, whole(email, "admin", false)).json();
        assertThat(administrator.download(queued).get("status").textValue()).as("before the worker asks").isEqualTo("canceled");
        assertThat(changed.get("isActive").booleanValue()).isFalse();
        Problems.demand(leaver.get(DOWNLOADS), 401, "unauthenticated");
        Problems.demand(key.get(DOWNLOADS), 401, "unauthenticated");
        Problems.demand(Api.anonymous().login(email, PASSWORD), 401, "unauthenticated");
        stream.get(20, TimeUnit.SECONDS);
        for (String download : List.of(queued, running)) {
            JsonNode canceled = administrator.awaitFinished(download);
            assertThat(canceled.get("status").textValue()).isEqualTo("canceled");
            assertThat(canceled.get("error").get("code").textValue()).isEqualTo("owner_inactive");
        }
        put(USERS + "/" + id, whole(email, "user", true));
        Problems.demand(leaver.get(DOWNLOADS), 401, "unauthenticated");
        Api back = Api.withToken(Api.token(email, PASSWORD));
        assertThat(back.get(DOWNLOADS).status()).isEqualTo(200);
        Problems.demand(back.get(USERS), 403, "forbidden");
    }

    @Test
    void nobodyTakesTheirOwnRightsAway() {
        String own = administrator.get(ME).json().get("user").get("id").textValue();
        String email = System.getenv("WALLWHALE_ADMIN_EMAIL");
        Problems.demand(administrator.delete(USERS + "/" + own), 409, "conflict");
        Problems.demand(put(USERS + "/" + own, whole(email, "user", true)), 409, "conflict");
        Problems.demand(put(USERS + "/" + own, whole(email, "admin", false)), 409, "conflict");
        assertThat(administrator.get(USERS + "/" + own).json().get("isActive").booleanValue()).isTrue();
    }

    @Test
    void aGeneratedPasswordLetsNobodyDoAnythingButChangeIt() {
        String email = "new-" + UUID.randomUUID() + "@example.org";
        JsonNode created = administrator.post(USERS, wish(email).put("role", "admin").without(List.of("password"))).json();
        String generated = created.get("generatedPassword").textValue();
        Api fresh = Api.withToken(Api.token(email, generated));
        for (Answer refused : List.of(fresh.get(DOWNLOADS), fresh.get(USERS),
                fresh.post(DOWNLOADS, Api.object().put("urlOrId", "1")), fresh.get("/v1/downloads"),
                fresh.delete(USERS + "/" + UUID.randomUUID()))) {
            assertThat(Problems.demand(refused, 403, "password_change_needed").get("detail").textValue()).contains("PUT /api/v1/me/password");
        }
        JsonNode me = fresh.get(ME).json();
        assertThat(me.get("mustChangePassword").booleanValue()).isTrue();
        assertThat(me.get("scopes")).isEmpty();
        assertThat(fresh.login(email, generated).status()).as("open addresses stay open").isEqualTo(200);

        assertThat(changePassword(fresh, generated, PASSWORD).status()).isEqualTo(204);
        Api free = Api.withToken(Api.token(email, PASSWORD));
        assertThat(free.get(USERS).status()).isEqualTo(200);
        assertThat(free.get(ME).json().get("mustChangePassword").booleanValue()).isFalse();
        put(USERS + "/" + created.get("id").textValue(), whole(email, "admin", true).put("password", "quarry hinge ballad moss"));
        Problems.demand(Api.withToken(Api.token(email, "quarry hinge ballad moss")).get(USERS), 403, "password_change_needed");
        String log = administrator.get("/api/v1/admin/audit-logs?limit=200").text();
        assertThat(log).contains("user.password").doesNotContain("quarry hinge", generated);
    }

    @Test
    void aPasswordIsChangedByWhoKnowsTheOldOne() {
        String email = "ann-" + UUID.randomUUID() + "@example.org";
        create(wish(email));
        Api ann = Api.withToken(Api.token(email, PASSWORD));
        JsonNode wrong = Problems.demand(changePassword(ann, "wrong", "quarry hinge ballad moss"), 403, "forbidden");
        assertThat(wrong.get("errors").findValuesAsText("pointer")).containsExactly("/oldPassword");
        JsonNode weak = Problems.demand(changePassword(ann, PASSWORD, "password12345"), 422, "unprocessable");
        assertThat(weak.get("errors").findValuesAsText("pointer")).containsExactly("/newPassword");
        Problems.demand(ann.send("PUT", ME + "/password", BodyPublishers.ofString("{}"), "Content-Type", "application/json"), 400, "invalid");
        Problems.demand(changePassword(Api.anonymous(), PASSWORD, "quarry hinge ballad moss"), 401, "unauthenticated");
        Problems.demand(changePassword(Api.withKey(administrator.createKey("live", "admin:*")), PASSWORD, "quarry hinge ballad moss"), 403, "forbidden");
        assertThat(changePassword(ann, PASSWORD, "quarry hinge ballad moss").status()).isEqualTo(204);
        Problems.demand(Api.anonymous().login(email, PASSWORD), 401, "unauthenticated");
        assertThat(Api.anonymous().login(email, "quarry hinge ballad moss").status()).isEqualTo(200);
    }

    @Test
    void everybodyIsToldWhoTheyAreAndWhatTheyMayDo() {
        JsonNode me = Api.secondUser().get(ME).json();
        assertThat(me.fieldNames()).toIterable().containsExactly("user", "scopes", "mustChangePassword", "limits", "usage", "storage", "sandbox", "preferences",
                "lastLoginAt", "failedLogins", "csrfToken");
        assertThat(me.get("user").get("email").textValue()).isEqualTo(SecondUser.EMAIL);
        assertThat(me.get("user").get("role").textValue()).isEqualTo("user");
        assertThat(me.get("scopes").toString()).isEqualTo("[\"download:export\",\"download:read\",\"download:write\"]");
        assertThat(me.get("limits").fieldNames()).toIterable().contains("rateLimit", "maxConcurrent");
        assertThat(Api.withKey(administrator.createKey("test", "download:read")).get(ME).json().get("scopes").toString())
                .isEqualTo("[\"download:read\"]");
        Problems.demand(Api.anonymous().get(ME), 401, "unauthenticated");
    }

    @Test
    void anOwnerIsToldWhenTheyCameLastAndHowManyFailedSince() {
        String email = "ann-" + UUID.randomUUID() + "@example.org";
        String id = create(wish(email));
        Api ann = Api.withToken(Api.token(email, PASSWORD));
        assertThat(ann.get(ME).json().get("lastLoginAt").isNull()).isTrue();
        assertThat(ann.get(ME).json().get("failedLogins").toString()).isEqualTo("{\"count\":0,\"lastAt\":null}");
        String firstLogin = administrator.get(USERS + "/" + id).json().get("lastLoginAt").textValue();
        Problems.demand(Api.anonymous().login(email, "wrong"), 401, "unauthenticated");
        Problems.demand(Api.anonymous().login(email, "wrong"), 401, "unauthenticated");
        JsonNode me = Api.withToken(Api.token(email, PASSWORD)).get(ME).json();
        assertThat(me.get("lastLoginAt").textValue()).isEqualTo(firstLogin);
        assertThat(me.at("/failedLogins/count").intValue()).isEqualTo(2);
        assertThat(me.at("/failedLogins/lastAt").textValue()).isGreaterThan(firstLogin);
        JsonNode key = Api.withKey(administrator.createKey("live", "download:read")).get(ME).json();
        assertThat(key.get("lastLoginAt").isNull() && key.get("failedLogins").isNull()).as("a key is not told").isTrue();
    }

    @Test
    void aServerWithAnAdministratorIsNotSetUpAgain() {
        Problems.demand(Api.anonymous().post("/api/v1/setup", Api.object().put("token", "x").put("email", "a@b").put("password", PASSWORD)),
                409, "conflict");
    }

    private static CompletableFuture<Void> follow(String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(Api.ROOT + "/api/v1/events")).header("Authorization", "Bearer " + token).build();
        Stream<String> lines = HttpClient.newHttpClient().send(request, BodyHandlers.ofLines()).body();
        return CompletableFuture.runAsync(() -> {
            try {
                lines.forEach(line -> { });
            } catch (RuntimeException e) {
                // cut off: that is an end too
            }
        });
    }

    private static Answer changePassword(Api api, String oldPassword, String newPassword) {
        return api.send("PUT", ME + "/password", BodyPublishers.ofString(Api.object().put("oldPassword", oldPassword)
                .put("newPassword", newPassword).toString()), "Content-Type", "application/json");
    }

    private Answer put(String path, ObjectNode body, String... headers) {
        return administrator.send("PUT", path, BodyPublishers.ofString(body.toString()),
                Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers)).toArray(String[]::new));
    }

    private Answer patch(String id, String patch, String type, String... headers) {
        return administrator.send("PATCH", USERS + "/" + id, BodyPublishers.ofString(patch),
                Stream.concat(Stream.of("Content-Type", type), Stream.of(headers)).toArray(String[]::new));
    }

    private String create(ObjectNode wish) {
        return administrator.post(USERS, wish).json().get("id").textValue();
    }

    private static ObjectNode wish(String email) {
        return Api.object().put("email", email).put("password", PASSWORD);
    }

    private static ObjectNode whole(String email, String role, boolean active) {
        return Api.object().put("email", email).put("role", role).put("isActive", active);
    }

    private static String randomDigits() {
        return String.valueOf(1_000_000 + (int) (Math.random() * 8_999_999));
    }
}
