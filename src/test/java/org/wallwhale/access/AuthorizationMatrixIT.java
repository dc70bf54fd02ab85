package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Operation;

/** Every operation of the OpenAPI document with every kind of credential: who may not, gets nothing. */
class AuthorizationMatrixIT extends HttpTest {
    private static final Set<String> SCOPES = Set.of(Scope.ADMIN_READ, Scope.ADMIN_WRITE, Scope.DOWNLOAD_READ, Scope.DOWNLOAD_WRITE,
            Scope.DOWNLOAD_EXPORT);
    private static final String DOWNLOADS = "/api/v1/downloads";
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static final String FIRST_FILE = "{path}";
    private static final Map<Set<String>, Api> KEYS_MADE = new HashMap<>();
    private static Api administrator;
    private static List<Operation> operations;
    /** Real ids of the administrator's objects. */
    private static Map<String, String> objects;

    @BeforeAll
    static void makeObjects() {
        administrator = Api.administrator();
        // the open ones last: a logout would end the session that a later cell is about
        operations = Operation.all().stream().sorted(Comparator.comparing(Operation::open)).toList();
        String download = administrator.submit("3000000000").get("id").textValue();
        administrator.awaitFinished(download);
        JsonNode key = administrator.post(KEYS, "{\"name\":\"A key\",\"scopes\":[\"download:read\"]}").json();
        objects = new HashMap<>(Map.of(DOWNLOADS, download, KEYS, key.get("apiKey").get("id").textValue(),
                "/api/v1/admin/users", key.get("apiKey").get("userId").textValue(), FIRST_FILE,
                administrator.get(DOWNLOADS + "/" + download + "/files").json().at("/files/0/path").textValue()));
    }

    @Test
    void theDocumentHasEveryKindOfOperation() {
        assertThat(operations).extracting(Operation::toString).contains("POST " + DOWNLOADS, "GET " + DOWNLOADS + "/{id}/zip",
                "DELETE " + KEYS + "/{id}", "POST /api/v1/auth/login");
        assertThat(operations).filteredOn(Operation::open).extracting(Operation::path)
                .allMatch(path -> path.startsWith("/api/v1/auth/") || path.startsWith("/api/v1/shared/") || path.equals("/api/v1/setup"));
    }

    @Test
    void aBadCredentialLetsNobodyIn() throws Exception {
        Map<String, Api> credentials = Credentials.bad();
        assertThat(credentials).hasSizeGreaterThan(30);
        SoftAssertions.assertSoftly(softly -> credentials.forEach((name, caller) -> operations.forEach(operation -> {
            if (operation.open()) {
                // a logout takes the token of a session that ended, and does nothing
                demand(softly, operation, name, status -> status == 400 || status == 401
                        || status == 404 && operation.path().startsWith("/api/v1/shared/")
                        || status == 204 && operation.path().endsWith("/auth/logout")
                        || status == 200 && operation.method().equals("GET"), operation.send(caller, operation.address(Map.of()), Api.object()));
            } else {
                Answer answer = operation.send(caller, operation.address(objects));
                demand(softly, operation, name, status -> status == 401, answer);
                softly.assertThat(answer.header("WWW-Authenticate")).as(operation + " with " + name).startsWith("Bearer ");
            }
        })));
    }

    @Test
    void aKeyWithoutTheScopeIsRefused() {
        SoftAssertions.assertSoftly(softly -> operations.stream().filter(operation -> !operation.open()).forEach(operation -> {
            Set<String> others = new TreeSet<>(SCOPES);
            others.removeAll(operation.scopes());
            if (SCOPES.containsAll(operation.scopes())) {
                Answer answer = operation.send(key(others), operation.address(objects));
                demand(softly, operation, "a key with " + others, status -> status == 403, answer);
                if (!operation.method().equals("HEAD")) {
                    softly.assertThat(answer.text()).as(operation.toString()).contains(operation.scopes());
                }
            }
        }));
    }

    @Test
    void aKeyOfAnotherAddressIsRefused() {
        Api caller = Api.withKey(administrator.post(KEYS, "{\"name\":\"k\",\"scopes\":[\"admin:*\",\"download:*\"],"
                + "\"ipAllow\":[\"192.0.2.0/24\"]}").json().get("key").textValue());
        SoftAssertions.assertSoftly(softly -> operations.stream().filter(operation -> !operation.open()).forEach(operation ->
                demand(softly, operation, "a key of another address", status -> status == 403,
                        operation.send(caller, operation.address(objects)))));
    }

    @Test
    void aCookieWithoutItsCsrfTokenChangesNothing() {
        Answer login = Api.anonymous().post("/api/v1/auth/login", Api.object().put("email", System.getenv("WALLWHALE_ADMIN_EMAIL"))
                .put("password", System.getenv("WALLWHALE_ADMIN_PASSWORD")).put("cookie", true));
        Api page = Api.withHeaders("Cookie", login.response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("ww_access=")).findFirst().orElseThrow().split(";")[0]);
        assertThat(page.get(KEYS).status()).as("the cookie is right").isEqualTo(200);
        SoftAssertions.assertSoftly(softly -> operations.stream()
                .filter(operation -> !operation.open() && !Set.of("GET", "HEAD").contains(operation.method()))
                .forEach(operation -> demand(softly, operation, "a cookie alone", status -> status == 403,
                        operation.send(page, operation.address(objects)))));
    }

    @Test
    void whatIsAnothersIsAnsweredLikeWhatIsNotThere() {
        SoftAssertions.assertSoftly(softly -> usersOfNoRight().forEach((name, caller) -> operations.stream()
                .filter(operation -> !operation.open()).forEach(operation -> {
                    if (operation.of(Scope.ADMIN_READ) || operation.of(Scope.ADMIN_WRITE)) {
                        demand(softly, operation, name, status -> status == 403, operation.send(caller, operation.address(objects)));
                    } else if (operation.ofAnObject()) {
                        Answer foreign = operation.send(caller, operation.address(objects));
                        Answer unknown = operation.send(caller, operation.address(Map.of(FIRST_FILE, objects.get(FIRST_FILE))));
                        demand(softly, operation, name, status -> status == 404, foreign);
                        softly.assertThat(comparable(foreign)).as(operation + " with " + name).isEqualTo(comparable(unknown));
                    }
                })));
        assertThat(administrator.download(objects.get(DOWNLOADS)).get("status").textValue()).isEqualTo("success");
    }

    @Test
    void whoMayReadAllChangesOnlyWhatIsHis() {
        Map<String, String> others = Map.of(DOWNLOADS, Api.secondUser().submit(Api.object().put("urlOrId", "4700000000")
                .put("accountName", "sandbox").put("startAt", "2099-01-01T00:00:00Z")).get("id").textValue());
        Api reader = key(Set.of(Scope.ADMIN_READ, Scope.DOWNLOAD_READ, Scope.DOWNLOAD_WRITE));
        SoftAssertions.assertSoftly(softly -> operations.stream()
                .filter(operation -> operation.of(Scope.DOWNLOAD_WRITE) && operation.path().startsWith(DOWNLOADS + "/{id}")).forEach(operation ->
                        demand(softly, operation, "a key that may read all", status -> status == 403,
                                operation.send(reader, operation.address(others)))));
        assertThat(reader.download(others.get(DOWNLOADS)).get("status").textValue()).isEqualTo("queued");
    }

    @Test
    void listsHoldNothingOfAnother() {
        usersOfNoRight().forEach((name, caller) -> operations.stream()
                .filter(operation -> operation.method().equals("GET") && !operation.ofAnObject() && !operation.stream())
                .forEach(operation -> assertThat(operation.send(caller, operation.path()).text()).as(operation + " with " + name)
                        .doesNotContain(objects.values().stream().filter(value -> value.length() == 36).toList())));
    }

    @Test
    void theScopeLetsIn() {
        SoftAssertions.assertSoftly(softly -> operations.stream()
                .filter(operation -> !operation.open() && operation.isHarmless()).forEach(operation -> {
                    Map<String, Api> right = new TreeMap<>(Map.of("the administrator", administrator));
                    operation.scopes().stream().filter(SCOPES::contains)
                            .forEach(scope -> right.put("a key with " + scope, key(Set.of(scope))));
                    right.forEach((name, caller) -> demand(softly, operation, name, status -> status != 401 && status != 403 && status < 500,
                            operation.send(caller, operation.address(Map.of()), operation.body() == null ? null : Api.object())));
                }));
    }

    /** With all that is not the administrator's. */
    private static Map<String, Api> usersOfNoRight() {
        String second = Api.anonymous().login(SecondUser.EMAIL, SecondUser.PASSWORD).json().at("/user/id").textValue();
        Map<String, Api> users = new TreeMap<>(Map.of("another user's token", Api.secondUser()));
        for (String kind : List.of("live", "test")) {
            users.put("another user's key of kind " + kind, Api.withKey(administrator.post(KEYS, Api.object().put("name", "k")
                    .put("kind", kind).put("userId", second).set("scopes", Api.object().arrayNode().add("download:*"))).json().get("key")
                    .textValue()));
        }
        return users;
    }

    private static Api key(Set<String> scopes) {
        return KEYS_MADE.computeIfAbsent(scopes, wanted -> Api.withKey(administrator.createKey("live", wanted.toArray(String[]::new))));
    }

    private static String comparable(Answer answer) {
        String withoutIds = answer.text().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID");
        return answer.status() + " " + withoutIds;
    }

    private static void demand(SoftAssertions softly, Operation operation, String credential, IntPredicate expected, Answer answer) {
        softly.assertThat(expected.test(answer.status()))
                .as(operation + " with " + credential + " is answered by " + answer.status() + " " + answer.text()).isTrue();
    }
}
