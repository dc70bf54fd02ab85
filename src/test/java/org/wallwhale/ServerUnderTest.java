package org.wallwhale;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.wallwhale.access.DeactivatedUser;
import org.wallwhale.access.SecondUser;

/**
 * Starts one server, on a fresh data folder, for all classes of HTTP tests of this JVM: a start per class would cost 15 seconds each.
 * The JVMs that run tests at the same time have a folder and a port each. Which server, which database and which context path is said
 * by the system properties {@code server.kind}, {@code database.kind} and {@code server.context}.
 */
public final class ServerUnderTest implements BeforeAllCallback {
    private static final String NAME = System.getProperty("server.under.test");
    private static final int PORT = Integer.getInteger("port.of." + NAME, 0);
    private static final String CONTEXT = System.getProperty("server.context", "/");
    /** Without a slash at its end. */
    public static final String URL = "http://127.0.0.1:" + PORT + (CONTEXT.equals("/") ? "" : CONTEXT);
    private static final Path FOLDER = Path.of("target", "server-under-test", String.valueOf(NAME));
    private static final Path DATA = FOLDER.resolve("data");
    private static AppServer server;

    /** The server's data folder, for what no answer tells, such as the key that signs tokens. */
    public static Path data() {
        return DATA;
    }

    /** Otherwise on H2. */
    public static boolean isOnPostgres() {
        return System.getProperty("database.kind").equals("postgresql");
    }

    /** Of the server's Java machine. */
    public static long pid() {
        return server.pid();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (server == null) {
            AppServer.fresh(FOLDER);
            Files.createDirectories(DATA);
            Map<String, String> where = database();
            SecondUser.addTo(where);
            DeactivatedUser.addTo(where);
            server = AppServer.start(ServerKind.underTest(), FOLDER, CONTEXT, PORT, where.entrySet().stream().collect(
                    Collectors.toMap(one -> one.getKey().replaceAll("[^a-z]", "_").toUpperCase(Locale.ROOT), Map.Entry::getValue)));
        }
    }

    /** The settings that say which. */
    private static Map<String, String> database() throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of("wallwhale.data-dir", DATA.toAbsolutePath().toString()));
        if (isOnPostgres()) {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder().setDataDirectory(FOLDER.resolve("postgres").toAbsolutePath()).start();
            settings.putAll(Map.of("wallwhale.db.url", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                    "wallwhale.db.user", "postgres", "wallwhale.db.password", "postgres"));
        }
        return settings;
    }
}
