package org.wallwhale.steam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

class SteamUsersIT extends HttpTest {
    private static final String STEAM_USERS = "/api/v1/admin/steam-users";
    private static final String SECRET = "xylophone-quarry";
    private final Api administrator = Api.administrator();

    @Test
    void anAccountIsMadeFoundChangedAndDeletedAndItsSecretsNeverComeOut() {
        String alias = "main-" + UUID.randomUUID();
        Answer created = administrator.post(STEAM_USERS, wish(alias).put("displayName", "Main"));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String account = STEAM_USERS + "/" + created.json().get("id").textValue();
        assertThat(created.header("Location")).endsWith(account);
        assertThat(created.json().fieldNames()).toIterable().containsExactly("id", "alias", "loginName", "displayName", "status", "ownerId",
                "hasSharedSecret", "needsLogin", "rateLimitedUntil", "guard", "lastUsedAt", "loginsLastHour", "budget", "nextLoginAt",
                "appsWorking", "appsRefused", "test", "createdAt", "updatedAt");
        assertThat(created.json().get("status").textValue()).isEqualTo("active");
        Answer changed = administrator.send("PATCH", account, BodyPublishers.ofString("{\"status\":\"BANNED\",\"password\":\"" + SECRET + "-2\"}"),
                "Content-Type", "application/merge-patch+json", "If-Match", created.header("ETag"));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().get("status").textValue()).isEqualTo("banned");
        assertThat(changed.json().get("displayName").textValue()).isEqualTo("Main");
        Problems.demand(administrator.delete(account, "If-Match", created.header("ETag")), 412, "precondition_failed");
        JsonNode list = administrator.get(STEAM_USERS + "?limit=200").json();
        assertThat(list.get("steamUsers").findValuesAsText("alias")).contains(alias);
        assertThat(administrator.delete(account, "If-Match", changed.header("ETag")).status()).isEqualTo(204);
        Problems.demand(administrator.get(account), 404, "not_found");
        String everything = created.text() + changed.text() + list + administrator.get("/api/v1/admin/audit-logs?limit=200").text();
        assertThat(everything).contains("steam-user.create", "steam-user.update", "steam-user.password", "steam-user.delete")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"loginName\":\"good\",\"password\":\"pw\"}                                       | 400 | invalid       | /alias",
        "{\"alias\":\"-x\",\"loginName\":\"good\",\"password\":\"pw\"}                      | 400 | invalid       | /alias",
        "{\"alias\":\"SandBox\",\"loginName\":\"good\",\"password\":\"pw\"}                 | 400 | invalid       | /alias",
        "{\"alias\":\"x\",\"loginName\":\"-app\",\"password\":\"pw\"}                       | 400 | invalid       | /loginName",
        "{\"alias\":\"x\",\"loginName\":\"good\"}                                           | 400 | invalid       | /password",
        "{\"alias\":\"x\",\"loginName\":\"good\",\"password\":\"a\\nb\"}                    | 422 | unprocessable | /password",
        "{\"alias\":\"x\",\"loginName\":\"good\",\"password\":\"pw\",\"sharedSecret\":\"x\"} | 422 | unprocessable | /sharedSecret",
        "{\"alias\":\"x\",\"loginName\":\"good\",\"password\":\"pw\",\"status\":\"GONE\"}   | 400 | malformed     | /status",
        "{\"alias\":\"x\",\"loginName\":\"good\",\"password\":\"pw\",\"budget\":1000}       | 400 | malformed     | /budget",
        "{\"alias\":\"x\",\"loginName\":\"good\",\"password\":\"pw\",\"ownerId\":\"00000000-0000-0000-0000-000000000001\"} | 400 | invalid | /ownerId"
    })
    void aBadWishIsRefused(String body, int status, String code, String pointer) {
        JsonNode problem = Problems.demand(administrator.post(STEAM_USERS, body, "Content-Type", "application/json"), status, code);
        assertThat(problem.get("errors").findValuesAsText("pointer")).contains(pointer);
    }

    @Test
    void aDownloadThatNamesAnAccountItMayNotUseIsTheServersChoice() {
        String alias = "mine-" + UUID.randomUUID();
        String owner = administrator.get("/api/v1/me").json().at("/user/id").textValue();
        Answer created = administrator.post(STEAM_USERS, wish(alias).put("ownerId", owner));
        ObjectNode wish = Api.object().put("urlOrId", "3000000000").put("accountName", alias).put("startAt", "2099-01-01T00:00:00Z");
        JsonNode others = Api.secondUser().submit(wish);
        assertThat(others.get("accountName").isNull()).isTrue();
        JsonNode own = administrator.submit(wish);
        assertThat(own.get("accountName").textValue()).isEqualTo(alias);
        assertThat(own.get("needsInput").isNull()).isTrue();
        String download = DOWNLOADS + "/" + own.get("id").textValue();
        Problems.demand(administrator.post(download + "/steam-guard", Api.object().put("code", "AAAAA")), 409, "conflict");
        Problems.demand(Api.secondUser().post(download + "/steam-guard", Api.object().put("code", "AAAAA")), 404, "not_found");
        String account = STEAM_USERS + "/" + created.json().get("id").textValue();
        Problems.demand(administrator.post(account + "/steam-guard", Api.object().put("code", "AAAAA")), 409, "conflict");
        Problems.demand(administrator.post(account + "/test", ""), 409, "conflict");
        administrator.post(download + "/cancel", "");
        Api.secondUser().post(DOWNLOADS + "/" + others.get("id").textValue() + "/cancel", "");
        administrator.delete(account);
    }

    @Test
    void aQuestionOfTheSandboxIsAnsweredByItsOwner() {
        Api user = Api.secondUser();
        String download = DOWNLOADS + "/" + user.submit(Api.object().put("urlOrId", "4730000011").put("accountName", "sandbox")).get("id").textValue();
        Answer asked = user.awaitAnswer(download, answer -> !answer.json().get("needsInput").isNull());
        assertThat(asked.json().get("phase").textValue()).isEqualTo("needs_input");
        assertThat(asked.json().at("/needsInput/kind").textValue()).isEqualTo("email_code");
        assertThat(asked.json().at("/needsInput/hint").textValue()).isEqualTo("j***@e***.com");
        assertThat(user.post(download + "/steam-guard", Api.object().put("code", "BBBBB")).status()).isEqualTo(200);
        assertThat(user.awaitAnswer(download, answer -> answer.json().get("status").textValue().equals("success")).json().get("needsInput").isNull())
                .isTrue();
    }

    @Test
    void theKeysOfSecretsAreRotatedOnRequest() {
        Answer created = administrator.post(STEAM_USERS, wish("rotated-" + UUID.randomUUID()));
        Answer rotated = administrator.post("/api/v1/admin/secrets/rotate", "");
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
        assertThat(rotated.json().get("resealed").intValue()).isPositive();
        assertThat(administrator.get("/api/v1/admin/audit-logs?limit=20").text()).contains("secrets.rotate");
        administrator.delete(STEAM_USERS + "/" + created.json().get("id").textValue());
    }

    private static ObjectNode wish(String alias) {
        return Api.object().put("alias", alias).put("loginName", "good").put("password", SECRET);
    }
}
