package org.wallwhale;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.wallwhale.Api.Answer;
import org.wallwhale.metrics.Exposition;

/**
 * A bean that another one asks for cannot be dropped: the deployment would fail. Each of the others, which servers drop without a word
 * when they cannot load its class, does here what nothing else does in its place. A new one fails until it has a line.
 */
class DroppedBeansIT extends HttpTest {
    private static final List<Class<? extends Annotation>> MADE_BY_THE_SERVER = List.of(ApplicationScoped.class, WebServlet.class,
            WebListener.class, Provider.class, jakarta.ejb.Startup.class);
    private static final List<Class<? extends Annotation>> METHODS = List.of(GET.class, POST.class, PUT.class, jakarta.ws.rs.DELETE.class);
    /** What no answer shows, and what does. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "CommitMapper", "DatabaseTroubleIT, on Payara Micro; other servers may do without",
            "ServerStop", "ServerStopIT, WildFlyIT",
            "ChallengeServlet", "TlsIT, which puts the file there that it answers with",
            "PayaraListener", "UnreadableAddressIT, ClosedConnectionsIT on Payara; it does nothing elsewhere",
            "MicroProfileMetrics", "MicroProfileIT, on Payara Micro, which is told to collect them",
            "LivenessCheck", "as MicroProfileMetrics",
            "ReadinessCheck", "as MicroProfileMetrics",
            "StartupCheck", "as MicroProfileMetrics",
            "DownloadNews", "TwoInstancesIT: there is nobody to tell on one instance");
    private final Api anonymous = Api.anonymous();
    private final Api administrator = Api.administrator();
    private final Map<String, Executable> evidence = Map.ofEntries(
            entry("Authentication", () -> answers(administrator.get("/api/v1/me"), 200)),
            entry("RestApplication", () -> answers(anonymous.get("/api/v1/me"), 401)),
            entry("MicroProfileSettings", () -> answers(anonymous.get("/health/started"), 200)),
            entry("Persistence", () -> answers(administrator.get(Api.DOWNLOADS), 200)),
            entry("ErrorServlet", () -> Problems.demand(anonymous.get("/nothing"), 404, "not_found")),
            entry("HealthServlet", () -> answers(anonymous.get("/health/ready"), 200)),
            entry("MetricsServlet", () -> answers(anonymous.get("/metrics"), 200)),
            entry("PageServlet", () -> assertThat(anonymous.get("/").text()).contains("<ww-app>")),
            entry("OpenApiServlet", () -> assertThat(anonymous.get("/openapi").json().get("openapi").textValue()).startsWith("3.1")),
            entry("StatusServlet", () -> answers(anonymous.get("/status"), 200)),
            entry("ServerStart", () -> answers(anonymous.get("/health/started"), 200)),
            entry("AuditHousekeeping", () -> measured("wallwhale_loop_age_seconds{loop=\"link new entries of the audit log\"}")),
            entry("UsageHousekeeping", () -> measured("wallwhale_loop_age_seconds{loop=\"write down the calls by API keys\"}")),
            entry("CertificateHousekeeping", () -> measured("wallwhale_loop_age_seconds{loop=\"look whether its certificate was replaced\"}")),
            entry("ServerMetrics", () -> measured("wallwhale_database_connections")),
            entry("ClusterMetrics", () -> assertThat(anonymous.get("/metrics").text().contains("\nwallwhale_notifications_listening 1"))
                    .isEqualTo(ServerUnderTest.isOnPostgres())),
            entry("RefusalFilter", this::aRefusalIsOnRecord),
            entry("RouteFilter", this::aRouteIsCounted),
            entry("RateLimitFilter", this::aCallOfAKeyIsCounted),
            entry("UsageFilter", this::aCallOfAKeyIsCounted),
            entry("AbsentBodyFilter", () -> answers(anonymous.send("POST", "/api/v1/auth/refresh", BodyPublishers.noBody()), 401)),
            entry("JsonProvider", () -> Problems.demand(administrator.post(Api.DOWNLOADS, "{\"x\":1}"), 400, "malformed")),
            entry("OptionsFilter", () -> answers(anonymous.send("OPTIONS", Api.DOWNLOADS, BodyPublishers.noBody()), 204)),
            entry("ProblemMapper", () -> Problems.demand(administrator.get(Api.DOWNLOADS + "/" + UUID.randomUUID()), 404, "not_found")),
            entry("StrictFeature", () -> Problems.demand(administrator.get(Api.DOWNLOADS + "?x=1"), 400, "invalid")),
            entry("ViolationMapper", () -> Problems.demand(administrator.post(Api.DOWNLOADS, "{}"), 400, "invalid")));

    @TestFactory
    Stream<DynamicTest> isThere() {
        return new ClassFileImporter().importPath("target/classes").stream().filter(DroppedBeansIT::nobodyAsksFor)
                .filter(type -> !ELSEWHERE.containsKey(type.getSimpleName())).sorted((one, other) -> one.getName().compareTo(other.getName()))
                .map(type -> DynamicTest.dynamicTest(type.getSimpleName(), type.isAnnotatedWith(Path.class) ? () -> isServed(type.reflect())
                        : evidence.getOrDefault(type.getSimpleName(), () -> assertThat(type).as("a line of its own here").isNull())));
    }

    private static boolean nobodyAsksFor(JavaClass type) {
        return MADE_BY_THE_SERVER.stream().anyMatch(type::isAnnotatedWith) && type.getDirectDependenciesToSelf().stream()
                .allMatch(use -> use.getOriginClass().getName().startsWith(type.getName()));
    }

    /** One that is not there leaves its address to nobody; that those that are there work is what {@code AuthorizationMatrixIT} sees. */
    private void isServed(Class<?> resource) {
        for (Method method : resource.getDeclaredMethods()) {
            String path = "/api/v1" + resource.getAnnotation(Path.class).value()
                    + (method.isAnnotationPresent(Path.class) ? method.getAnnotation(Path.class).value() : "");
            if (METHODS.stream().anyMatch(method::isAnnotationPresent)) {
                answers(anonymous.send("OPTIONS", path.replaceAll("\\{.*?}", UUID.randomUUID().toString()), BodyPublishers.noBody()), 204);
            }
        }
    }

    private static void answers(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    private void measured(String series) {
        assertThat(Exposition.of(anonymous.get("/metrics").text()).series()).containsKey(series);
    }

    private void aRouteIsCounted() {
        administrator.get("/api/v1/me");
        anonymous.awaitAnswer("/metrics", told -> told.text().contains("depot_http_requests_total{method=\"GET\",route=\"/api/v1/me\""));
    }

    private void aCallOfAKeyIsCounted() {
        Answer made = administrator.post("/api/v1/admin/api-keys", "{\"name\":\"k\",\"scopes\":[\"download:read\"]}");
        Answer list = Api.withKey(made.json().get("key").textValue()).get(Api.DOWNLOADS);
        assertThat(list.header("RateLimit")).isNotEmpty();
        anonymous.awaitAnswer("/metrics", told -> told.text().contains("keyId=\"" + made.json().at("/apiKey/id").textValue() + "\""));
    }

    private void aRefusalIsOnRecord() {
        String request = UUID.randomUUID().toString();
        // not a stranger's, which may be summed up with others a minute later
        Api.withKey(administrator.createKey("live", "download:read")).get("/api/v1/admin/users", "X-Request-Id", request);
        administrator.awaitAnswer("/api/v1/admin/audit-logs?limit=200", log -> log.text().contains(request));
    }
}
