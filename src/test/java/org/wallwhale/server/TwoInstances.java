package org.wallwhale.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.wallwhale.Api;
import org.wallwhale.database.TestPostgres;

/** Two servers of one PostgreSQL and one data folder, behind the nginx of {@code deploy/nginx}. */
record TwoInstances(ServerProcess one, ServerProcess two, NginxProcess nginx, String database) implements AutoCloseable {
    /** Both start at the same moment, in an empty folder and an empty database. */
    static TwoInstances start(Path folder) throws IOException, InterruptedException, ExecutionException {
        return start(folder, Map.of(), Map.of());
    }

    /** The same, with what else is set for each. */
    static TwoInstances start(Path folder, Map<String, String> forOne, Map<String, String> forTwo)
            throws IOException, InterruptedException, ExecutionException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("addresses.conf"), "proxy 127.0.0.1\n");
        // two that start at once on few cores are slow to connect
        String database = TestPostgres.newDatabase() + "?loginTimeout=60";
        ExecutorService starts = Executors.newFixedThreadPool(2);
        try {
            List<Future<ServerProcess>> servers = List.of(starts.submit(instance(folder.resolve("one"), data, database, forOne)),
                    starts.submit(instance(folder.resolve("two"), data, database, forTwo)));
            ServerProcess one = servers.get(0).get();
            ServerProcess two = servers.get(1).get();
            // the clients of a test all have one address
            return new TwoInstances(one, two, NginxProcess.start(folder.resolve("nginx"), one.port(), two.port(),
                    "rate=50r/s", "rate=5000r/s"), database);
        } finally {
            starts.shutdown();
        }
    }

    private static Callable<ServerProcess> instance(Path folder, Path data, String database, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("WALLWHALE_DB_URL", database, "WALLWHALE_DB_USER", TestPostgres.USER,
                "WALLWHALE_DATA_DIR", data.toString(), "WALLWHALE_INSTANCE_ID", folder.getFileName().toString(),
                "WALLWHALE_QUOTA_RATE_LIMIT", "0"));
        settings.putAll(more);
        return () -> ServerProcess.start(Files.createDirectories(folder), ServerProcess.freePort(), settings);
    }

    /** The same client of each. */
    List<Api> clients(Api client) {
        return List.of(client.at(one.root()), client.at(two.root()));
    }

    @Override
    public void close() throws InterruptedException {
        nginx.close();
        try {
            one.close();
        } finally {
            two.close();
        }
    }
}
