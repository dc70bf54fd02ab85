package org.wallwhale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.wallwhale.access.SecondUser;
import org.wallwhale.openapi.Documented;

/**
 * A client of the server under test that always sends the same credential. Paths begin below the context root. It demands that
 * each answer of an operation is in the OpenAPI document.
 */
public final class Api {
    public static final String ROOT = ServerUnderTest.URL;
    /** The path of {@link #ROOT}, for requests that are written by hand: empty, or without a slash at its end. */
    public static final String CONTEXT = URI.create(ROOT).getPath();
    public static final String DOWNLOADS = "/api/v1/downloads";
    private static final Set<String> LIVE = Set.of("queued", "running");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER).build();
    private final String root;
    private final List<String> credential;

    private Api(String... credential) {
        this(List.of(credential), ROOT);
    }

    private Api(List<String> credential, String root) {
        this.credential = credential;
        this.root = root;
    }

    /** The same client of another server. */
    public Api at(String otherRoot) {
        return new Api(credential, otherRoot);
    }

    /** An answer, with its body as bytes, text and JSON. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public byte[] bytes() {
            return response.body();
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new AssertionError("No JSON: " + text(), e);
            }
        }

        /** Empty when there is no such header. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public static Api anonymous() {
        return new Api();
    }

    public static Api withHeaders(String... namesAndValues) {
        return new Api(namesAndValues);
    }

    public static Api withToken(String token) {
        return new Api("Authorization", "Bearer " + token);
    }

    public static Api withKey(String key) {
        return new Api("X-API-Key", key);
    }

    public static Api administrator() {
        return withToken(token(System.getenv("WALLWHALE_ADMIN_EMAIL"), System.getenv("WALLWHALE_ADMIN_PASSWORD")));
    }

    /** A user without any right of an administrator. */
    public static Api secondUser() {
        return withToken(token(SecondUser.EMAIL, SecondUser.PASSWORD));
    }

    public static String token(String email, String password) {
        Answer answer = anonymous().login(email, password);
        if (answer.status() != 200) {
            throw new AssertionError("The login failed: " + answer.text());
        }
        return answer.json().get("accessToken").textValue();
    }

    public Answer login(String email, String password) {
        return post("/api/v1/auth/login", object().put("email", email).put("password", password));
    }

    /** The text of a new key. */
    public String createKey(String kind, String... scopes) {
        ObjectNode wish = object().put("name", "A test's key").put("kind", kind);
        List.of(scopes).forEach(wish.putArray("scopes")::add);
        Answer answer = post("/api/v1/admin/api-keys", wish);
        if (answer.status() != 201) {
            throw new AssertionError("No key was made: " + answer.text());
        }
        return answer.json().get("key").textValue();
    }

    /** Submits an item to the sandbox and returns the download. */
    public JsonNode submit(String item) {
        return submit(object().put("urlOrId", item).put("accountName", "sandbox"));
    }

    public JsonNode submit(ObjectNode body) {
        Answer answer = post(DOWNLOADS, body);
        if (answer.status() != 202) {
            throw new AssertionError("Not accepted: " + answer.text());
        }
        return answer.json();
    }

    public JsonNode download(String id) {
        return get(DOWNLOADS + "/" + id).json();
    }

    public JsonNode awaitFinished(String id) {
        return await(id, download -> !LIVE.contains(download.get("status").textValue()));
    }

    /** Asks for a download until it is as wanted; fails with its last state after a minute. */
    public JsonNode await(String id, Predicate<JsonNode> wanted) {
        return awaitAnswer(DOWNLOADS + "/" + id, answer -> wanted.test(answer.json())).json();
    }

    public Answer awaitAnswer(String path, Predicate<Answer> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Answer answer = get(path);; answer = get(path)) {
            if (wanted.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Waited in vain; the last answer was " + answer.status() + " " + answer.text());
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    public Answer head(String path, String... headers) {
        return send("HEAD", path, BodyPublishers.noBody(), headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    public Answer post(String path, Object body) {
        return post(path, body.toString(), "Content-Type", "application/json");
    }

    public Answer post(String path, String body, String... headers) {
        return send("POST", path, BodyPublishers.ofString(body), headers);
    }

    public Answer send(String method, String path, BodyPublisher body, String... headers) {
        List<String> all = new ArrayList<>(credential);
        all.addAll(List.of(headers));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(30))
                .method(method, body);
        if (!all.isEmpty()) {
            request.headers(all.toArray(String[]::new));
        }
        try {
            HttpResponse<byte[]> response = answered(request.build());
            Documented.demand(response);
            return new Answer(response);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Once more where the kept connection was closed meanwhile, as it is after a body that was refused unread. */
    private static HttpResponse<byte[]> answered(HttpRequest request) throws IOException, InterruptedException {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("header parser received no bytes")) {
                throw e;
            }
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }
}
