package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

class PreferencesIT extends HttpTest {
    private static final String PREFERENCES = "/api/v1/me/preferences";
    private static final String PASSWORD = "teapot lantern gravel sixty";
    private final Api administrator = Api.administrator();

    @Test
    void theyAreKeptForEachUserAndStandInMe() {
        String email = "taste-" + UUID.randomUUID() + "@example.org";
        String id = administrator.post("/api/v1/admin/users", Api.object().put("email", email).put("password", PASSWORD)
                .put("mustChangePassword", false)).json().get("id").textValue();
        String etag = administrator.get("/api/v1/admin/users/" + id).header("ETag");
        Api user = Api.withToken(Api.token(email, PASSWORD));
        assertThat(preferences(user).toString()).isEqualTo("{\"theme\":\"auto\",\"density\":\"comfortable\",\"language\":\"auto\"}");
        String wish = "{\"theme\":\"dark\",\"density\":\"compact\",\"language\":\"de\"}";
        Answer set = put(user, wish);
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        assertThat(set.text()).isEqualTo(wish);
        assertThat(preferences(Api.withToken(Api.token(email, PASSWORD))).toString()).isEqualTo(wish);
        assertThat(preferences(administrator).toString()).as("another user's").isNotEqualTo(wish);
        assertThat(administrator.get("/api/v1/admin/users/" + id).header("ETag")).as("no change of the user").isEqualTo(etag);
        assertThat(administrator.get("/api/v1/admin/audit-logs?action=put&userId=" + id).json().get("auditLogs")).isEmpty();
    }

    @Test
    void whatIsNoPreferenceIsRefusedByName() {
        Api user = Api.secondUser();
        for (String wrong : List.of("{\"theme\":\"pink\",\"density\":\"compact\",\"language\":\"de\"}",
                "{\"theme\":\"dark\",\"density\":\"compact\",\"language\":\"de\",\"font\":\"x\"}")) {
            assertThat(Problems.demand(put(user, wrong), 400, "malformed").toString()).containsAnyOf("/theme", "/font");
        }
        JsonNode missing = Problems.demand(put(user, "{\"theme\":\"dark\",\"density\":\"compact\"}"), 400, "invalid");
        assertThat(missing.at("/errors/0/pointer").textValue()).isEqualTo("/language");
    }

    @Test
    void anApiKeyHasNone() {
        Api key = Api.withKey(administrator.createKey("live", "admin:*", "download:*"));
        Problems.demand(put(key, "{\"theme\":\"dark\",\"density\":\"compact\",\"language\":\"de\"}"), 403, "forbidden");
    }

    private static Answer put(Api caller, String body) {
        return caller.send("PUT", PREFERENCES, BodyPublishers.ofString(body), "Content-Type", "application/json");
    }

    private static JsonNode preferences(Api caller) {
        return caller.get("/api/v1/me").json().get("preferences");
    }
}
