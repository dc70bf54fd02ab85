package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.wallwhale.certificate.Handshake;
import org.wallwhale.certificate.Pem;
import org.wallwhale.certificate.TlsConfig;
import org.wallwhale.certificate.UnfitCertificateException;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;

/** Speaks the public API of one server. */
final class ServerClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http;
    private final String base;
    private final String header;
    private final Secret credential;

    private ServerClient(HttpClient http, String base, String header, Secret credential) {
        this.http = http;
        this.base = base;
        this.header = header;
        this.credential = credential;
    }

    static ServerClient anonymous(String base) {
        return new ServerClient(http().build(), base, null, null);
    }

    private static HttpClient.Builder http() {
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
    }

    /** The server that {@code serve} starts on this machine; with TLS, its certificate is known from its file. */
    static ServerClient here(Settings settings) {
        TlsConfig tls = new TlsConfig(settings);
        HttpClient.Builder http = http();
        try {
            if (tls.enabled()) {
                http.sslContext(Handshake.only(Pem.certificates(tls.certificate()).get(0)));
            }
            return new ServerClient(http.build(), local(settings), null, null);
        } catch (UnfitCertificateException e) {
            throw new CommandFailure(CommandFailure.SETTINGS, e.getMessage());
        }
    }

    /** The server at {@code wallwhale.url}, else the one that {@code serve} starts on this machine. */
    static ServerClient of(Settings settings) {
        ServerClient server = settings.text("wallwhale.url").map(ServerClient::checked).map(ServerClient::anonymous).orElseGet(() -> here(settings));
        if (!settings.faults().isEmpty()) {
            throw new CommandFailure(CommandFailure.SETTINGS, String.join(" ", settings.faults()));
        }
        return server;
    }

    /** Where a server with these settings is reached from this machine. */
    static String local(Settings settings) {
        String base = base(settings.text("wallwhale.http.address").orElse("127.0.0.1"), settings.wholeNumber("wallwhale.http.port", 1, 65_535));
        return settings.onOff("wallwhale.tls.enabled") ? base.replaceFirst("http", "https") : base;
    }

    static String base(String address, int port) {
        boolean everywhere = address.equals("0.0.0.0") || address.equals("::");
        String host = everywhere ? "127.0.0.1" : address.contains(":") ? "[" + address + "]" : address;
        return "http://" + host + ":" + port;
    }

    /** Without the slash at its end. */
    private static String checked(String url) {
        try {
            URI address = new URI(url.replaceAll("/+$", ""));
            if (address.getScheme() != null && address.getScheme().matches("https?") && address.getHost() != null
                    && address.getUserInfo() == null && address.getQuery() == null && address.getFragment() == null) {
                return address.toString();
            }
        } catch (URISyntaxException e) {
            // told below, together with addresses of other things
        }
        throw new CommandFailure(CommandFailure.SETTINGS, "WALLWHALE_URL must be the address of a server, such as "
                + "https://wallwhale.example or http://127.0.0.1:8080.");
    }

    ServerClient withToken(Secret token) {
        return new ServerClient(http, base, "Authorization", Secret.of("Bearer " + token.reveal()));
    }

    ServerClient withKey(Secret key) {
        return new ServerClient(http, base, "X-API-Key", key);
    }

    JsonNode get(String path) {
        return json(send(request(path).GET()));
    }

    JsonNode get(String path, Duration within) {
        return json(send(request(path).timeout(within).GET()));
    }

    JsonNode post(String path, Map<String, ?> body) {
        try {
            return json(send(request(path).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))));
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.FAILED, "The request to " + path + " could not be written: " + e.getMessage());
        }
    }

    void delete(String path) {
        json(send(request(path).DELETE()));
    }

    /** Saves the body of a GET to a file, replacing it. */
    void save(String path, Path file) {
        try {
            HttpResponse<Path> response = http.send(request(path).GET().build(), BodyHandlers.ofFile(file));
            if (response.statusCode() != 200) {
                throw new CommandFailure(CommandFailure.FAILED, "The server answered " + response.statusCode() + " to " + path + ".");
            }
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** True once the application itself answers: the server listens long before that. */
    boolean isReady() {
        try {
            HttpResponse<String> answer = http.send(request("/api/v1/downloads").GET().build(), BodyHandlers.ofString());
            return answer.statusCode() == 401 && answer.headers().firstValue("Content-Type").orElse("").contains("problem+json");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        return credential == null ? request : request.header(header, credential.reveal());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() < 300) {
                return body;
            }
            int code = response.statusCode() == 401 || response.statusCode() == 403 ? CommandFailure.NOT_ALLOWED : CommandFailure.FAILED;
            throw new CommandFailure(code, "The server refused (" + response.statusCode() + "): "
                    + body.path("message").asText("without a reason"));
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.FAILED, "The server answered " + response.statusCode() + " with something that is no "
                    + "JSON: is " + response.uri() + " an address of WallWhale Server?");
        }
    }

    private CommandFailure unreachable(IOException e) {
        return new CommandFailure(CommandFailure.NOT_REACHABLE, "The server at " + base + " cannot be reached ("
                + Objects.requireNonNullElse(e.getMessage(), "nothing answers there") + "): start it, or set WALLWHALE_URL to where it is.");
    }

    private static CommandFailure interrupted() {
        Thread.currentThread().interrupt();
        return new CommandFailure(CommandFailure.FAILED, "Interrupted.");
    }
}
