package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;
import org.wallwhale.ServerKind;

/** What a scanner looks for and does not find. */
class ExposureIT extends HttpTest {
    @ParameterizedTest
    @ValueSource(strings = {"/.git/config", "/.git/HEAD", "/.env", "/.htaccess", "/pom.xml", "/wallwhale.war", "/backup.zip", "/wallwhale.mv.db",
        "/data/wallwhale.mv.db", "/secrets/token-key", "/WEB-INF/", "/META-INF/", "/META-INF/MANIFEST.MF", "/WEB-INF/lib/", "/classes/",
        "/h2-console", "/h2-console/", "/h2", "/console", "/admin", "/admin/", "/management", "/management/domain", "/asadmin", "/__asadmin/version",
        "/monitoring", "/actuator", "/actuator/env", "/jolokia", "/debug", "/debug/pprof", "/server-status", "/server-info", "/swagger-ui", "/swagger-ui/",
        "/swagger.json", "/graphql", "/manager/html", "/login", "/api/", "/api/v1/", "/api/v1/application.wadl", "/api/v1/debug", "/api/v0/downloads",
        "/openapi/ui", "/favicon.ico", "/%2e%2e/", "/..%2fdata"})
    void thereIsNothingBesideTheDocumentedAddresses(String path) {
        for (Api caller : new Api[] {Api.anonymous(), Api.administrator()}) {
            Answer answer = caller.get(path);
            if ((path.contains("..") || path.contains("%2e")) && !Api.CONTEXT.isEmpty() && answer.header("X-Request-Id").isEmpty()) {
                // that is beside the application, whatever lies there
                assertThat(answer.text()).as("what this application has").doesNotContain("wallwhale.", "api/v1");
            } else if (answer.status() == 400) {
                Problems.demand(answer, 400, "malformed");
            } else if (path.equals("/console") && ServerKind.underTest() == ServerKind.WILDFLY && Api.CONTEXT.isEmpty()) {
                assertThat(answer.status()).as("WildFly's own way to its console, which is on its port for administration").isEqualTo(302);
                assertThat(answer.header("Location")).endsWith("/console");
            } else {
                Problems.demandNotFound(answer, path);
            }
        }
    }

    @Test
    void aServersOwnDescriptionOfItselfIsNotThere() {
        assertThat(Api.anonymous().get("/openapi/").text()).isEqualTo(Api.anonymous().get("/openapi").text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/openapi", "/health", "/nothing", "/api/v1/downloads", "/api/v1/nothing", "/WEB-INF/web.xml"})
    void noAnswerNamesTheServersSoftware(String path) {
        Answer answer = Api.anonymous().get(path);
        Map<String, List<String>> headers = new TreeMap<>(answer.response().headers().map());
        if (ServerKind.underTest() == ServerKind.PAYARA_SERVER) {
            // until its administrator says otherwise, see docs/operations.md
            headers.keySet().removeAll(Set.of("server", "x-powered-by"));
        }
        assertThat(headers + answer.text()).doesNotContainIgnoringCase("payara", "glassfish", "grizzly", "undertow", "wildfly", "jersey", "x-powered-by")
                .doesNotContainPattern("(?i)[{ ]server=");
    }
}
