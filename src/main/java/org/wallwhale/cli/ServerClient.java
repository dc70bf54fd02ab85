package org.wallwhale.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.Consumer;
import org.wallwhale.certificate.Handshake;
import org.wallwhale.certificate.Pem;
import org.wallwhale.certificate.TlsConfig;
import org.wallwhale.certificate.UnfitCertificateException;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;

/**
 * Speaks the public API of one server. All methods end with a {@link CommandFailure} when the server refuses, in its own words, or cannot be reached.
 */
final class ServerClient {
    /** An object with the ETag that it had, for {@code If-Match}. */
    record Found(JsonNode body, String etag) {
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration READY_WITHIN = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private final Transport transport;

    private ServerClient(Transport transport) {
        this.transport = transport;
    }

    static ServerClient anonymous(String base) {
        return new ServerClient(new Transport(http().build(), base));
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

    /** The server at {@code url}, which may be no address at all. Where that is the one {@link #here}, it is known as well. */
    static ServerClient at(String url, Settings settings) {
        String base = ServerAddress.checked(url);
        boolean named = settings.text("wallwhale.ca-file").isPresent();
        if (!named && base.startsWith("https:") && ServerAddress.speaksTls(settings) && base.equals(ServerAddress.local(settings))) {
            return here(settings);
        }
        HttpClient.Builder http = http();
        settings.path("wallwhale.ca-file").map(Trust::in).ifPresent(http::sslContext);
        return made(http, base, settings);
    }

    private static ServerClient made(HttpClient.Builder http, String base, Settings settings) {
        if (!settings.faults().isEmpty()) {
            throw new CommandFailure(CommandFailure.SETTINGS, String.join(" ", settings.faults()));
        }
        return new ServerClient(new Transport(http.build(), base));
    }

    ServerClient withToken(Secret token) {
        return with(new Credential.Fixed("Authorization", Secret.of("Bearer " + token.reveal())));
    }

    ServerClient withKey(Secret key) {
        return with(new Credential.Fixed("X-API-Key", key));
    }

    ServerClient with(Credential other) {
        return new ServerClient(transport.with(other));
    }

    /** {@code listener} is told why a command waits, in sentences. */
    ServerClient saying(Consumer<String> listener) {
        return new ServerClient(transport.saying(listener));
    }

    /** As {@link Transport#warnOfPlainText}. */
    void warnOfPlainText() {
        transport.warnOfPlainText();
    }

    /** Its address, without a slash at the end. */
    String url() {
        return transport.base();
    }

    JsonNode get(String path) {
        return json(transport.request(path).GET());
    }

    JsonNode get(String path, Duration within) {
        return json(transport.request(path).timeout(within).GET());
    }

    Found find(String path) {
        HttpResponse<InputStream> answer = stream(path, SILENCE);
        return new Found(read(answer), answer.headers().firstValue("ETag").orElse(null));
    }

    /** {@code body} is a Map, or null for none; {@code headers} are names and values. */
    JsonNode post(String path, Object body, String... headers) {
        return json(transport.request(path, headers).header("Content-Type", "application/json").POST(written(body)));
    }

    /** {@code etag} may be null: then whatever others changed meanwhile stands. */
    JsonNode patch(String path, Object body, String etag) {
        return json(matching(path, etag).header("Content-Type", "application/merge-patch+json").method("PATCH", written(body)));
    }

    JsonNode put(String path, Object body) {
        return json(transport.request(path).header("Content-Type", "application/json").PUT(written(body)));
    }

    void delete(String path) {
        delete(path, null);
    }

    /** {@code etag} may be null. */
    void delete(String path, String etag) {
        json(matching(path, etag).DELETE());
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
        return transport.send(transport.request(path, headers).GET(), silence);
    }

    /** The answer as it is, whatever its status. */
    HttpResponse<String> ask(String path, Duration within) {
        try {
            return transport.ask(path, within);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** True once the application itself answers: the server listens long before that. */
    boolean isReady() {
        try {
            HttpResponse<String> answer = transport.ask("/api/v1/downloads", READY_WITHIN);
            return answer.statusCode() == 401 && answer.headers().firstValue("Content-Type").orElse("").contains("problem+json");
        } catch (IOException e) {
            return false;
        }
    }

    /** What a reader makes of a body that breaks off. */
    CommandFailure unreachable(IOException e) {
        return transport.unreachable(e);
    }

    private HttpRequest.Builder matching(String path, String etag) {
        HttpRequest.Builder request = transport.request(path);
        return etag == null ? request : request.header("If-Match", etag);
    }

    private static HttpRequest.BodyPublisher written(Object body) {
        try {
            return body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body));
        } catch (IOException e) {
            throw new IllegalStateException("A map of our own cannot be written as JSON", e);
        }
    }

    private JsonNode json(HttpRequest.Builder request) {
        return read(transport.send(request, SILENCE));
    }

    /** Null for an answer without a body, such as 204. */
    private JsonNode read(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw RefusedException.noJson(answer);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }
}
