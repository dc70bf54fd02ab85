package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A real Payara Micro with the built WAR as a process of its own, which a test may kill. */
public final class ServerProcess implements AutoCloseable {
    public static final String EMAIL = "admin@localhost";
    public static final String PASSWORD = "a password for tests";
    private static final String LOG = "server.log";
    private static final String REFUSED = "The start is refused";
    private static final Duration START_WITHIN = Duration.ofMinutes(8);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private String token;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Ready to answer on return. Instances of one database have a {@code data} each, for their logs, and name what they share in
     * {@code settings}. A setting with an empty value is unset; then nobody is logged in.
     */
    public static ServerProcess start(Path data, int port, Map<String, String> settings) throws IOException {
        ServerProcess server = launch(data, port, settings);
        server.await("the server is ready, see " + data.resolve(LOG), START_WITHIN, () -> server.isReady() || !server.process.isAlive());
        assertThat(server.process.isAlive()).as("the server starts, see " + data.resolve(LOG)).isTrue();
        if (!settings.containsValue("")) {
            server.token = server.post("/auth/login", Map.of("email", EMAIL, "password", PASSWORD)).path("accessToken").asText();
        }
        return server;
    }

    /** What a server that must not start says, from its refusal on. */
    static String refusal(Path data, int port, Map<String, String> settings) throws IOException, InterruptedException {
        try (ServerProcess server = launch(data, port, settings)) {
            Path log = data.resolve(LOG);
            server.await("the refusal, see " + log, START_WITHIN, () -> text(log).contains(REFUSED) || server.isReady());
            assertThat(server.isReady()).isFalse();
            return text(log).substring(text(log).indexOf(REFUSED));
        }
    }

    private static ServerProcess launch(Path data, int port, Map<String, String> settings) throws IOException {
        Path preboot = Files.writeString(data.resolve("preboot"), Files.readString(Path.of("payara-config/preboot.asadmin"))
                + "\nset configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1\n"
                + "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.enabled=false\n"
                // as some operators have it: then there is no registry for ours
                + "set configs.config.server-config.microprofile-metrics-configuration.enabled=false\n");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // most of a server's short life here is its start
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-jar", "target/payara-micro.jar", "--deploy", "target/wallwhale.war",
                "--contextroot", "/", "--port", String.valueOf(port), "--noCluster", "--disablephonehome",
                "--prebootcommandfile", preboot.toString(), "--postdeploycommandfile", "payara-config/postdeploy.asadmin");
        builder.environment().putAll(Map.of("WALLWHALE_DATA_DIR", data.resolve("data").toString(), "WALLWHALE_ADMIN_EMAIL", EMAIL,
                "WALLWHALE_ADMIN_PASSWORD", PASSWORD, "WALLWHALE_SANDBOX_ENABLED", "true", "WALLWHALE_ACCESS_BCRYPT_COST", "4",
                "WALLWHALE_HTTP_PORT", String.valueOf(port), "WALLWHALE_WORKER_BACKOFF_SECONDS", "0",
                "WALLWHALE_WORKSHOP_BASE_URL", "http://127.0.0.1:9", "LC_ALL", "C.UTF-8"));
        builder.environment().putAll(settings);
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve(LOG).toFile())).start();
        // none outlives the tests, however they end
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new ServerProcess(process, port);
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Where it is, for clients with other credentials. */
    public String root() {
        return "http://127.0.0.1:" + port;
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Everything that this server has started. */
    List<ProcessHandle> descendants() {
        try (Stream<ProcessHandle> all = process.descendants()) {
            return all.toList();
        }
    }

    /** SIGKILL, and nothing else is told. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGSTOP: its process stands still and its children go on. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor()).isZero();
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    JsonNode getWithKey(String path, String key) {
        return send(request(path).setHeader("Authorization", "Bearer " + key).GET());
    }

    JsonNode post(String path, Map<String, ?> body) {
        try {
            return send(request(path).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** An answer of whatever status. {@code body} may be null; {@code headers} are names and values. */
    HttpResponse<String> answer(String method, String path, Map<String, ?> body, String... headers) {
        try {
            HttpRequest.Builder request = request(path).header("Content-Type", "application/json")
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)));
            return http.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The server does not answer", e);
        }
    }

    /** Any request to any address below the context root, with no credential but what {@code headers} say. */
    HttpResponse<String> exchange(String method, String address, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + address))
                .timeout(Duration.ofSeconds(30)).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The server does not answer " + method + " " + address, e);
        }
    }

    byte[] bytes(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofByteArray()).body();
    }

    void await(String what, Duration within, BooleanSupplier condition) {
        Wait.until(what, within, condition::getAsBoolean);
    }

    /** SIGTERM, and an error if that takes more than the promised 30 seconds. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("The server did not stop within 30 s");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isReady() {
        try {
            return process.isAlive() && http.send(request("/downloads").GET().build(), BodyHandlers.discarding()).statusCode() == 401;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(response.statusCode() + " " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The server does not answer", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root() + "/api/v1" + path))
                .timeout(Duration.ofSeconds(30));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }
}
