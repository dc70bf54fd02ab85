package org.wallwhale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api.Answer;
import org.wallwhale.metrics.Exposition;

/** What servers lose without a word where they do: roles, beans, writes of entities, the encoding of answers. */
abstract class Essentials {
    private static final String USERS = "/api/v1/admin/users";
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static final Pattern LOOP = Pattern.compile("wallwhale_loop_age_seconds\\{loop=\"(.*?)\"}");
    private final Api anonymous = Api.anonymous().at(url());
    private final Api administrator = as(System.getenv("WALLWHALE_ADMIN_EMAIL"), System.getenv("WALLWHALE_ADMIN_PASSWORD"));

    /** Of the server that is looked at, without a slash at its end. */
    abstract String url();

    Api administrator() {
        return administrator;
    }

    private Api as(String email, String password) {
        return Api.withToken(anonymous.login(email, password).json().get("accessToken").textValue()).at(url());
    }

    /** Of the address that an answer names, below the context root. */
    private String path(Answer made) {
        String context = URI.create(url()).getPath();
        String path = URI.create(made.header("Location")).getPath();
        assertThat(path).startsWith(context + "/api/v1/");
        return path.substring(context.length());
    }

    @Test
    void rolesAreEnforced() {
        String email = UUID.randomUUID() + "@example.org";
        assertThat(administrator.post(USERS, Api.object().put("email", email).put("password", "the password of a user").put("role", "user"))
                .status()).isEqualTo(201);
        Api user = as(email, "the password of a user");
        assertThat(user.get(Api.DOWNLOADS).status()).isEqualTo(200);
        for (String list : List.of(USERS, KEYS, "/api/v1/admin/steam-users", "/api/v1/admin/audit-logs", "/api/v1/admin/instances")) {
            Problems.demand(anonymous.get(list), 401, "unauthenticated");
            Problems.demand(user.get(list), 403, "forbidden");
            assertThat(administrator.get(list).status()).as(list).isEqualTo(200);
        }
        Problems.demand(user.post("/api/v1/admin/queue/pause", ""), 403, "forbidden");
    }

    @Test
    void scopesAreEnforced() {
        Problems.demand(anonymous.get(Api.DOWNLOADS), 401, "unauthenticated");
        ObjectNode wish = Api.object().put("urlOrId", "4300000003").put("accountName", "sandbox").put("startAt", "2099-01-01T00:00:00Z");
        Api reader = Api.withKey(administrator.createKey("live", "download:read")).at(url());
        assertThat(reader.get(Api.DOWNLOADS).status()).isEqualTo(200);
        Problems.demand(reader.post(Api.DOWNLOADS, wish), 403, "forbidden");
        Problems.demand(reader.get(USERS), 403, "forbidden");
        Api writer = Api.withKey(administrator.createKey("live", "download:write")).at(url());
        Problems.demand(writer.get(Api.DOWNLOADS), 403, "forbidden");
        assertThat(writer.post(Api.DOWNLOADS, wish).status()).isEqualTo(202);
        Api watcher = Api.withKey(administrator.createKey("live", "admin:read")).at(url());
        assertThat(watcher.get(USERS).status()).isEqualTo(200);
        Problems.demand(watcher.post("/api/v1/admin/queue/pause", ""), 403, "forbidden");
    }

    @Test
    void itIsReadyAndAllThatRecursDoes() {
        assertThat(anonymous.get("/health").json().get("status").textValue()).isEqualTo("UP");
        assertThat(anonymous.get("/status").json().at("/services/database").textValue()).isEqualTo("connected");
        assertThat(loops()).containsExactlyInAnyOrder("cancel downloads of users who left", "claim downloads", "end collections",
                "link new entries of the audit log", "look after the readers of event streams", "look at the DepotDownloader",
                "look for news of event streams", "look how long the queue is", "look what is left of logins",
                "look whether its certificate is to be renewed", "look whether its certificate was replaced", "look whose zips and files end",
                "measure the store", "recover", "renew leases", "show its children a heartbeat", "show the others that it lives",
                "write down failed logins", "write down the calls by API keys", "write down the uses of share links");
    }

    private Set<String> loops() {
        return LOOP.matcher(anonymous.get("/metrics").text()).results().map((MatchResult loop) -> loop.group(1)).collect(Collectors.toSet());
    }

    @Test
    void aDownloadSucceedsAndItsZipIsServedInParts() {
        Answer submitted = administrator.post(Api.DOWNLOADS, Api.object().put("urlOrId", "3000000000").put("accountName", "sandbox"));
        assertThat(submitted.status()).isEqualTo(202);
        String download = path(submitted);
        administrator.awaitAnswer(download, answer -> answer.json().get("status").textValue().equals("success"));
        Answer part = administrator.get(download + "/zip", "Range", "bytes=0-1");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("PK");
        assertThat(administrator.get(download + "/logs").text()).contains("data: Archive created", "event: end");
        JsonNode files = administrator.get(download + "/files").json().get("files");
        assertThat(files).isNotEmpty();
    }

    @Test
    void whatIsPatchedIsKept() {
        ObjectNode wish = Api.object().put("name", "before");
        wish.putArray("scopes").add("download:read");
        Answer made = administrator.post(KEYS, wish);
        assertThat(made.status()).isEqualTo(201);
        String key = path(made);
        assertThat(administrator.send("PATCH", key, BodyPublishers.ofString("{\"name\":\"after\"}"), "Content-Type",
                "application/merge-patch+json").status()).isEqualTo(200);
        assertThat(administrator.get(key).json().get("name").textValue()).isEqualTo("after");
        administrator.awaitAnswer("/api/v1/admin/audit-logs?limit=200", log -> log.text().contains("\"after\""));
    }

    @Test
    void callsOfAKeyAreCountedAndLimited() {
        Answer made = administrator.post(KEYS, "{\"name\":\"k\",\"scopes\":[\"download:read\"],\"rateLimit\":2}");
        Api limited = Api.withKey(made.json().get("key").textValue()).at(url());
        List<Answer> answers = List.of(limited.get(Api.DOWNLOADS), limited.get(Api.DOWNLOADS), limited.get(Api.DOWNLOADS),
                limited.get(Api.DOWNLOADS), limited.get(Api.DOWNLOADS));
        assertThat(answers).extracting(Answer::status).as("five calls in at most two minutes").contains(200, 429);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.header("RateLimit")).isNotEmpty());
        String counted = "depot_api_key_usage_total{endpoint=\"GET /downloads\",keyId=\"" + made.json().at("/apiKey/id").textValue() + "\"}";
        anonymous.awaitAnswer("/metrics", told -> Exposition.of(told.text()).value(counted) > 0);
    }

    @Test
    void aRefusalIsOnRecord() {
        String request = UUID.randomUUID().toString();
        // not a stranger's, which may be summed up with others a minute later
        Api reader = Api.withKey(administrator.createKey("live", "download:read")).at(url());
        Problems.demand(reader.get(USERS, "X-Request-Id", request), 403, "forbidden");
        administrator.awaitAnswer("/api/v1/admin/audit-logs?limit=200", log -> log.text().contains(request));
    }

    @Test
    void aForwardedAnswerNamesNoCharsetThatItIsNotIn() {
        assertThat(anonymous.get("/v1/downloads").header("Content-Type")).isEqualTo("application/problem+json");
    }
}
