package org.wallwhale;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.wallwhale.access.DeactivatedUser;
import org.wallwhale.access.SecondUser;

/**
 * Starts one server, on a fresh data folder and on 127.0.0.1 only, for all classes of HTTP tests of this JVM. It ends with the JVM:
 * a start per class would cost 15 seconds each. The JVMs that run tests at the same time have a folder and a port each. Which server,
 * which database and which context path is said by the system properties {@code server.kind}, {@code database.kind} and
 * {@code server.context}.
 */
public final class ServerUnderTest implements BeforeAllCallback {
    private static final String NAME = System.getProperty("server.under.test");
    private static final int PORT = Integer.getInteger("port.of." + NAME, 0);
    private static final String CONTEXT = System.getProperty("server.context", "/");
    /** Without a slash at its end. */
    public static final String URL = "http://127.0.0.1:" + PORT + (CONTEXT.equals("/") ? "" : CONTEXT);
    private static final Path FOLDER = Path.of("target", "server-under-test", String.valueOf(NAME));
    private static final Path DATA = FOLDER.resolve("data");
    private static final Duration START_WITHIN = Duration.ofMinutes(8);
    private static boolean started;
    private static Process server;

    /** The server's data folder, for what no answer tells, such as the key that signs tokens. */
    public static Path data() {
        return DATA;
    }

    /** Of the process that was started: of a script, where the server comes with one. */
    public static long pid() {
        return server.pid();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (!started) {
            started = true;
            start();
        }
    }

    private static void start() throws IOException, InterruptedException {
        deleteOld();
        Files.createDirectories(DATA);
        Map<String, String> database = database();
        SecondUser.addTo(database);
        DeactivatedUser.addTo(database);
        ServerKind kind = ServerKind.valueOf(property("server.kind", "payara-micro").replace('-', '_').toUpperCase(Locale.ROOT));
        List<String> command = kind.install(FOLDER, Path.of(System.getProperty("war.under.test")), CONTEXT, PORT);
        Path log = FOLDER.resolve("server.log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(kind.environment());
        database.forEach((key, value) -> builder.environment().put(key.replaceAll("[^a-z]", "_").toUpperCase(Locale.ROOT), value));
        builder.environment().put("WALLWHALE_HTTP_PORT", String.valueOf(PORT));
        server = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(ServerUnderTest::end));
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!isStarted()) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The server does not start, see " + log);
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    /** Of the MicroProfile names that say which database. */
    private static Map<String, String> database() throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of("wallwhale.data-dir", DATA.toAbsolutePath().toString()));
        if (property("database.kind", "h2").equals("postgresql")) {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder().setDataDirectory(FOLDER.resolve("postgres").toAbsolutePath()).start();
            settings.putAll(Map.of("wallwhale.db.url", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                    "wallwhale.db.user", "postgres", "wallwhale.db.password", "postgres"));
        }
        return settings;
    }

    private static String property(String name, String otherwise) {
        String value = System.getProperty(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    private static boolean isStarted() throws InterruptedException {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(URL + "/health/started")).build(),
                    BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** A server's script has the server as its child. */
    private static void end() {
        List<ProcessHandle> all = Stream.concat(server.descendants(), Stream.of(server.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        try {
            server.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static void deleteOld() throws IOException {
        if (Files.exists(FOLDER)) {
            try (Stream<Path> old = Files.walk(FOLDER)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
