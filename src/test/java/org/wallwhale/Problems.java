package org.wallwhale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.wallwhale.Api.Answer;

/** What every error of the API has in common. */
public final class Problems {
    private static final String[] INTERNAL = {"org.", "com.", "java", "jakarta", "Exception", "select ", "insert ", "jdbc",
            "/tmp", "/home",
        "target/", "server-under-test", "Payara", "Jersey", "\\n"};

    private Problems() {
    }

    /**
     * Demands that there is nothing. {@code WEB-INF} and {@code META-INF} WildFly keeps to itself before any filter, and says so on a page
     * of its own, which tells nothing else.
     */
    public static void demandNotFound(Answer answer, String path) {
        if (ServerKind.underTest() == ServerKind.WILDFLY && path.matches("/(WEB|META)-INF(/.*)?")) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).isEqualTo("<html><head><title>Error</title></head><body>404 - Not Found</body></html>");
        } else {
            demand(answer, 404, "not_found");
        }
    }

    /** Demands a problem with this status and code that tells nothing internal; returns its body. */
    public static JsonNode demand(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode body = answer.json();
        assertThat(body.fieldNames()).toIterable()
                .startsWith("type", "title", "status", "detail", "instance", "code", "errors", "message").hasSize(status == 429 ? 9 : 8);
        assertThat(body.get("code").textValue()).as(answer.text()).isEqualTo(code);
        assertThat(body.get("status").intValue()).isEqualTo(status);
        assertThat(body.get("type").textValue()).isEqualTo(status == 429 ? "https://iana.org/assignments/http-problem-types#quota-exceeded"
                : "urn:wallwhale:problem:" + code.replace('_', '-'));
        assertThat(body.get("message").textValue()).isNotBlank().isEqualTo(body.get("detail").textValue());
        assertThat(body.get("instance").textValue()).isNotBlank().isEqualTo(answer.header("X-Request-Id"));
        assertThat(body.get("detail").textValue() + body.get("errors")).doesNotContain(INTERNAL);
        return body;
    }
}
