package org.wallwhale.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.wallwhale.config.Settings;
import org.wallwhale.database.DatabaseConfig;
import org.wallwhale.database.TestPostgres;
import org.wallwhale.database.WallwhaleDataSource;

/** Instances of one database and one data folder: one on H2 or on PostgreSQL, or several on PostgreSQL behind nginx. */
final class Cluster implements AutoCloseable {
    /** The shortest that may be configured. */
    static final int LEASE_SECONDS = 12;
    private static final List<String> NAMES = List.of("one", "two", "three");
    private final Path folder;
    private final Optional<RestartablePostgres> postgres;
    private final List<Map<String, String>> settings;
    private final List<ServerProcess> servers = new ArrayList<>();
    private NginxProcess nginx;

    private Cluster(Path folder, Optional<RestartablePostgres> postgres, List<Map<String, String>> settings) {
        this.folder = folder;
        this.postgres = postgres;
        this.settings = settings;
    }

    /** All of it answers on return. {@code settings} are of every instance. */
    static Cluster start(Path folder, int instances, boolean onPostgres, Map<String, String> settings) throws Exception {
        return start(folder, onPostgres, Collections.nCopies(instances, settings));
    }

    /** The same, with what is set for each instance. */
    static Cluster start(Path folder, boolean onPostgres, List<Map<String, String>> settings) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("data")).resolve("addresses.conf"), "proxy 127.0.0.1\n");
        Cluster cluster = new Cluster(folder, onPostgres ? Optional.of(RestartablePostgres.start(folder.resolve("postgres")))
                : Optional.empty(), settings);
        try {
            cluster.startServers(settings.size());
            return cluster;
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private void startServers(int instances) throws Exception {
        ExecutorService starts = Executors.newFixedThreadPool(instances);
        try {
            List<Future<ServerProcess>> all = new ArrayList<>();
            for (int instance = 0; instance < instances; instance++) {
                String name = NAMES.get(instance);
                int port = ServerProcess.freePort();
                all.add(starts.submit(() -> start(name, port)));
            }
            for (Future<ServerProcess> server : all) {
                servers.add(server.get());
            }
        } finally {
            starts.shutdown();
        }
        if (instances > 1) {
            startNginx();
        }
    }

    private ServerProcess start(String name, int port) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("WALLWHALE_DATA_DIR", data().toString(), "WALLWHALE_INSTANCE_ID", name,
                "WALLWHALE_QUOTA_RATE_LIMIT", "0", "WALLWHALE_DOWNLOAD_LEASE_SECONDS", String.valueOf(LEASE_SECONDS)));
        all.putAll(settings.get(NAMES.indexOf(name)));
        postgres.ifPresent(database -> all.putAll(Map.of("WALLWHALE_DB_URL", database.url(name), "WALLWHALE_DB_USER", TestPostgres.USER)));
        return ServerProcess.start(Files.createDirectories(folder.resolve(name)), port, all);
    }

    private void startNginx() throws IOException, InterruptedException {
        int second = servers.get(1).port();
        String further = IntStream.range(2, servers.size()).mapToObj(servers::get)
                .map(server -> "server 127.0.0.1:" + server.port() + " max_fails=2 fail_timeout=5s;\n    ").reduce("", String::concat);
        nginx = NginxProcess.start(folder.resolve("nginx"), servers.get(0).port(), second,
                "server 127.0.0.1:" + second + ' ', further + "server 127.0.0.1:" + second + ' ',
                // all clients of these trials come from one machine
                "rate=50r/s", "rate=10000r/s");
    }

    int size() {
        return servers.size();
    }

    ServerProcess server(int instance) {
        return servers.get(instance);
    }

    static String name(int instance) {
        return NAMES.get(instance);
    }

    /** What all instances share. */
    Path data() {
        return folder.resolve("data");
    }

    /** Where clients go. */
    String root() {
        return nginx == null ? servers.get(0).root() : nginx.root();
    }

    NginxProcess nginx() {
        return nginx;
    }

    RestartablePostgres postgres() {
        return postgres.orElseThrow();
    }

    boolean isOnPostgres() {
        return postgres.isPresent();
    }

    /** Which instances a call through nginx was sent to; all of them where there is none. */
    List<String> asked(String requestId) {
        return IntStream.range(0, servers.size()).filter(instance -> nginx == null || nginx.calls().stream().filter(call ->
                call.startsWith(requestId + " ")).anyMatch(call -> call.contains(":" + servers.get(instance).port()))).mapToObj(Cluster::name).toList();
    }

    /** After a kill: the next life under the same name at the same address. */
    void startAgain(int instance) throws IOException {
        servers.set(instance, start(name(instance), servers.get(instance).port()));
    }

    /** For one more server. */
    String databaseUrl() {
        return postgres.orElseThrow().url("further");
    }

    /** On H2 once its server is stopped. */
    Connection database() throws SQLException {
        if (postgres.isPresent()) {
            return postgres.get().connect();
        }
        Map<String, String> h2 = Map.of("wallwhale.data-dir", data().toString());
        return WallwhaleDataSource.open(new DatabaseConfig(new Settings(key -> Optional.ofNullable(h2.get(key))))).getConnection();
    }

    /** A clean stop of all instances; the database stays. */
    void stop() throws InterruptedException {
        if (nginx != null) {
            nginx.close();
            nginx = null;
        }
        for (ServerProcess server : servers) {
            server.close();
        }
        servers.clear();
    }

    /** After {@link #stop} the database alone; whatever still runs after a failure is killed. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (nginx != null) {
            nginx.close();
        }
        for (ServerProcess server : servers) {
            server.kill();
        }
        if (postgres.isPresent()) {
            postgres.get().close();
        }
    }
}
