package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

/** Who may read the metrics. A proxy that is not listed makes a stranger of everybody. */
class MonitorsIT extends HttpTest {
    private static final String METRICS = "/metrics";
    private static final Map<String, String> FORWARDED =
            Map.of("X-Forwarded-For", "127.0.0.1", "Forwarded", "for=127.0.0.1", "Via", "1.1 proxy");
    private final Api administrator = Api.administrator();

    @Test
    void theMachineItselfNeedsNoCredential() {
        assertThat(Api.anonymous().get(METRICS).status()).isEqualTo(200);
        assertThat(Api.withKey("garbage").get(METRICS).status()).as("a bad one where none is needed").isEqualTo(200);
    }

    @Test
    void whoComesThroughAProxyThatIsNotListedIsAStranger() {
        FORWARDED.forEach((header, value) -> {
            Answer refused = Api.anonymous().get(METRICS, header, value);
            Problems.demand(refused, 401, "unauthenticated");
            assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"wallwhale\"");
            assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
            assertThat(refused.text()).contains("127.0.0.1", "admin:read");
        });
        Problems.demand(Api.anonymous().get("/%6Detrics", "Via", "1.1 proxy"), 401, "unauthenticated");
        Problems.demand(Api.anonymous().get("/metrics;x=1", "Via", "1.1 proxy"), 401, "unauthenticated");
    }

    @Test
    void aStrangerNeedsACredentialThatMayReadAll() {
        String key = administrator.createKey("live", "admin:read");
        for (Api caller : List.of(administrator, Api.withKey(key), Api.withToken(key))) {
            Answer answer = stranger(caller);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).contains("depot_http_requests_total");
        }
        for (Api caller : List.of(Api.secondUser(), Api.withKey(administrator.createKey("live", "download:*", "admin:write")))) {
            assertThat(Problems.demand(stranger(caller), 403, "forbidden").get("detail").textValue()).contains("admin:read");
        }
    }

    @Test
    void aBadCredentialLetsNoStrangerIn() throws Exception {
        Map<String, Api> credentials = Credentials.bad();
        SoftAssertions.assertSoftly(softly -> credentials.forEach((name, caller) -> {
            Answer answer = stranger(caller);
            softly.assertThat(answer.status()).as(name + " is answered by " + answer.text()).isEqualTo(401);
            softly.assertThat(answer.header("WWW-Authenticate")).as(name).startsWith("Bearer ");
        }));
        assertThat(stranger(Api.withToken("garbage")).header("WWW-Authenticate")).endsWith("error=\"invalid_token\"");
    }

    @Test
    void refusalsAreOnRecord() {
        String request = UUID.randomUUID().toString();
        Api.secondUser().get(METRICS, "Via", "1.1 proxy", "X-Request-Id", request);
        JsonNode entries = administrator.get("/api/v1/admin/audit-logs?limit=200").json().get("auditLogs");
        JsonNode entry = StreamSupport.stream(entries.spliterator(), false)
                .filter(one -> one.get("requestId").textValue().equals(request)).findFirst().orElseThrow();
        assertThat(entry.get("action").textValue()).isEqualTo("get");
        assertThat(entry.get("subject").textValue()).isEqualTo(METRICS);
        assertThat(entry.get("result").textValue()).isEqualTo("refused");
        assertThat(entry.get("userId").isNull()).isFalse();
    }

    private static Answer stranger(Api caller) {
        return caller.get(METRICS, "X-Forwarded-For", "203.0.113.9");
    }
}
