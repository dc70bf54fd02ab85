package org.wallwhale.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real Keycloak in development mode, with the realm {@code portal} and another of the same clients and users. */
final class Keycloak implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NANOS = Duration.ofMinutes(4).toNanos();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private Keycloak(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Both realms answer on return. */
    static Keycloak start(Path log) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("keycloak.home"));
        Path realms = Files.createDirectories(home.resolve("data").resolve("import"));
        try (InputStream realm = Keycloak.class.getResourceAsStream("portal-realm.json")) {
            String json = new String(realm.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(realms.resolve("portal-realm.json"), json);
            Files.writeString(realms.resolve("other-realm.json"), json.replace("\"realm\": \"portal\"", "\"realm\": \"other\""));
        }
        int port = ServerProcess.freePort();
        ProcessBuilder builder = new ProcessBuilder("sh", home.resolve("bin").resolve("kc.sh").toString(), "start-dev", "--db=dev-mem",
                "--http-host=127.0.0.1", "--http-port=" + port, "--import-realm");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Keycloak keycloak = new Keycloak(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), port);
        try {
            keycloak.awaitRealms(log);
            return keycloak;
        } catch (AssertionError e) {
            keycloak.close();
            throw e;
        }
    }

    String issuer(String realm) {
        return "http://127.0.0.1:" + port + "/realms/" + realm;
    }

    String keys(String realm) {
        return issuer(realm) + "/protocol/openid-connect/certs";
    }

    /** An access token for a user whose password is {@code <user>'s password}. */
    String token(String realm, String client, String user) throws IOException, InterruptedException {
        String form = "grant_type=password&client_id=" + client + "&username=" + user + "&password="
                + URLEncoder.encode(user + "'s password", StandardCharsets.UTF_8);
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(issuer(realm) + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build(),
                BodyHandlers.ofString());
        JsonNode body = JSON.readTree(answer.body());
        if (!body.hasNonNull("access_token")) {
            throw new AssertionError("No token: " + answer.body());
        }
        return body.get("access_token").textValue();
    }

    private void awaitRealms(Path log) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!isThere("portal") || !isThere("other")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("Keycloak did not start, see " + log);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private boolean isThere(String realm) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(keys(realm))).build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
