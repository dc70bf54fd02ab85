package org.wallwhale.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.wallwhale.certificate.Handshake;
import org.wallwhale.certificate.Pem;
import org.wallwhale.certificate.TlsConfig;
import org.wallwhale.certificate.UnfitCertificateException;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;

/**
 * Speaks the public API of one server. What the server asks to send again later ({@code Retry-After}) is sent again, a few times. All
 * methods end with a {@link CommandFailure} when the server refuses, in its own words, or cannot be reached.
 */
final class ServerClient {
    /** An object with the ETag that it had, for {@code If-Match}. */
    record Found(JsonNode body, String etag) {
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final Duration READY_WITHIN = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int MOST_TRIES = 5;
    private static final long LONGEST_WAIT_SECONDS = 120;
    private final HttpClient http;
    private final String base;
    private final Credential credential;
    private final Consumer<String> say;
    private final AtomicBoolean warned;

    private ServerClient(HttpClient http, String base, Credential credential, Consumer<String> say, AtomicBoolean warned) {
        this.http = http;
        this.base = base;
        this.credential = credential;
        this.say = say;
        this.warned = warned;
    }

    static ServerClient anonymous(String base) {
        return new ServerClient(http().build(), base, null, sentence -> { }, new AtomicBoolean());
    }

    /** Never by an upgrade to HTTP/2 in plain text, which servers and proxies break off now and then, and which gains nothing here. */
    private static HttpClient.Builder http() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10));
    }

    /** The server that {@code serve} starts on this machine; with TLS, its certificate is known from its file. */
    static ServerClient here(Settings settings) {
        TlsConfig tls = new TlsConfig(settings);
        HttpClient.Builder http = http();
        try {
            if (tls.enabled()) {
                http.sslContext(Handshake.only(Pem.certificates(tls.certificate()).get(0)));
            }
        } catch (UnfitCertificateException e) {
            throw new CommandFailure(CommandFailure.SETTINGS, e.getMessage());
        }
        return made(http, ServerAddress.local(settings), settings);
    }

    /** The server at {@code wallwhale.url}, else the one that {@code serve} starts on this machine. */
    static ServerClient of(Settings settings) {
        return settings.text("wallwhale.url").map(url -> at(url, settings)).orElseGet(() -> here(settings));
    }

    /** The server at {@code url}, which may be no address at all. */
    static ServerClient at(String url, Settings settings) {
        String base = ServerAddress.checked(url);
        HttpClient.Builder http = http();
        settings.path("wallwhale.ca-file").map(Trust::in).ifPresent(http::sslContext);
        return made(http, base, settings);
    }

    private static ServerClient made(HttpClient.Builder http, String base, Settings settings) {
        if (!settings.faults().isEmpty()) {
            throw new CommandFailure(CommandFailure.SETTINGS, String.join(" ", settings.faults()));
        }
        return new ServerClient(http.build(), base, null, sentence -> { }, new AtomicBoolean());
    }

    ServerClient withToken(Secret token) {
        return with(new Credential.Fixed("Authorization", Secret.of("Bearer " + token.reveal())));
    }

    ServerClient withKey(Secret key) {
        return with(new Credential.Fixed("X-API-Key", key));
    }

    ServerClient with(Credential other) {
        return new ServerClient(http, base, other, say, warned);
    }

    /** {@code listener} is told why a command waits, in sentences. */
    ServerClient saying(Consumer<String> listener) {
        return new ServerClient(http, base, credential, listener, warned);
    }

    /** Says once that others can read what it is shown, if they can. */
    void warnOfPlainText() {
        if (ServerAddress.isInTheClear(base) && warned.compareAndSet(false, true)) {
            say.accept("Careful: on the way to " + base + " everybody can read what you show to it; https:// hides it.");
        }
    }

    /** Its address, without a slash at the end. */
    String url() {
        return base;
    }

    JsonNode get(String path) {
        return get(path, ANSWER_WITHIN);
    }

    JsonNode get(String path, Duration within) {
        return json(send(request(path).timeout(within).GET()));
    }

    Found find(String path) {
        HttpResponse<InputStream> answer = send(request(path).GET());
        return new Found(json(answer), answer.headers().firstValue("ETag").orElse(null));
    }

    /** {@code body} is a Map, or null for none; {@code headers} are names and values. */
    JsonNode post(String path, Object body, String... headers) {
        return json(send(request(path, headers).header("Content-Type", "application/json").POST(written(body))));
    }

    /** {@code etag} may be null: then whatever others changed meanwhile stands. */
    JsonNode patch(String path, Object body, String etag) {
        return json(send(matching(request(path), etag).header("Content-Type", "application/merge-patch+json").method("PATCH", written(body))));
    }

    JsonNode put(String path, Object body) {
        return json(send(request(path).header("Content-Type", "application/json").PUT(written(body))));
    }

    void delete(String path) {
        delete(path, null);
    }

    /** {@code etag} may be null. */
    void delete(String path, String etag) {
        json(send(matching(request(path), etag).DELETE()));
    }

    /** Saves the body of a GET to a file, replacing it. */
    void save(String path, Path file) {
        try (InputStream body = stream(path, SILENCE).body()) {
            Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** A body to be read as it comes and closed; reading fails after {@code silence} without a byte. */
    HttpResponse<InputStream> stream(String path, Duration silence, String... headers) {
        HttpResponse<InputStream> answer = send(request(path, headers).GET(), silence);
        if (answer.statusCode() >= 300) {
            throw RefusedException.of(answer);
        }
        return answer;
    }

    /** The answer as it is, whatever its status. */
    HttpResponse<String> ask(String path, Duration within) {
        try {
            return http.send(request(path).timeout(within).GET().build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** True once the application itself answers: the server listens long before that. */
    boolean isReady() {
        try {
            HttpResponse<String> answer = http.send(request("/api/v1/downloads").timeout(READY_WITHIN).GET().build(), BodyHandlers.ofString());
            return answer.statusCode() == 401 && answer.headers().firstValue("Content-Type").orElse("").contains("problem+json");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER_WITHIN);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpRequest.Builder matching(HttpRequest.Builder request, String etag) {
        return etag == null ? request : request.header("If-Match", etag);
    }

    private static HttpRequest.BodyPublisher written(Object body) {
        try {
            return body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body));
        } catch (IOException e) {
            throw new IllegalStateException("A map of our own cannot be written as JSON", e);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) {
        return send(request, SILENCE);
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request, Duration silence) {
        boolean renewed = false;
        if (credential != null) {
            warnOfPlainText();
        }
        for (int tries = 1;; tries++) {
            Secret shown = credential == null ? null : credential.value();
            HttpResponse<InputStream> answer = once(shown == null ? request : request.setHeader(credential.header(), shown.reveal()), silence);
            if (answer.statusCode() == 401 && shown != null && !renewed && credential.renewed(shown)) {
                renewed = true;
                continue;
            }
            OptionalLong wait = wait(answer);
            if (wait.isEmpty() || tries == MOST_TRIES) {
                return answer;
            }
            say.accept("The server asks to wait (" + answer.statusCode() + "): trying again in " + wait.getAsLong() + " s, "
                    + (MOST_TRIES - tries) + (tries == MOST_TRIES - 1 ? " last time." : " more times at most."));
            pause(Duration.ofSeconds(wait.getAsLong()));
        }
    }

    private HttpResponse<InputStream> once(HttpRequest.Builder request, Duration silence) {
        try {
            return http.send(request.build(), answer -> HttpResponse.BodySubscribers.mapping(
                    HttpResponse.BodySubscribers.ofInputStream(), body -> new StallWatch(body, silence)));
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Seconds that the server asks for; empty where there is nothing to wait for, or too long. */
    private static OptionalLong wait(HttpResponse<?> answer) {
        boolean later = answer.statusCode() == 429 || answer.statusCode() == 503;
        return answer.headers().firstValue("Retry-After").filter(seconds -> later && seconds.matches("[0-9]{1,6}"))
                .map(Long::parseLong).filter(seconds -> seconds <= LONGEST_WAIT_SECONDS).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** Null for an answer without a body, such as 204. */
    private JsonNode json(HttpResponse<InputStream> answer) {
        if (answer.statusCode() >= 300) {
            throw RefusedException.of(answer);
        }
        try (InputStream body = answer.body()) {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw RefusedException.noJson(answer);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    CommandFailure unreachable(IOException e) {
        Throwable cause = "closed".equals(e.getMessage()) && e.getCause() != null ? e.getCause() : e;
        String reason = Objects.requireNonNullElse(cause.getMessage(), "nothing answers there");
        if (e instanceof SSLException) {
            return new CommandFailure(CommandFailure.NOT_REACHABLE, "The server at " + base + " does not prove that it is the one (" + reason
                    + "): set WALLWHALE_CA_FILE to the certificate that you trust if it is no usual one, and WALLWHALE_URL to a name in it.");
        }
        return new CommandFailure(CommandFailure.NOT_REACHABLE, "The server at " + base + " cannot be reached (" + reason
                + "): start it, or set WALLWHALE_URL to where it is.");
    }

    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted();
            }
        }
    }

    private static CommandFailure interrupted() {
        Thread.currentThread().interrupt();
        return new CommandFailure(CommandFailure.FAILED, "Interrupted.");
    }
}
