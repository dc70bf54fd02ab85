package org.wallwhale.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.wallwhale.Api;

/** Two servers of one PostgreSQL and one data folder, behind the nginx of {@code deploy/nginx}. */
record TwoInstances(Cluster cluster) implements AutoCloseable {
    /** Both start at the same moment, in an empty folder and an empty database. */
    static TwoInstances start(Path folder) throws Exception {
        return start(folder, Map.of(), Map.of());
    }

    /** The same, with what else is set for each. */
    static TwoInstances start(Path folder, Map<String, String> forOne, Map<String, String> forTwo) throws Exception {
        return new TwoInstances(Cluster.start(folder, true, List.of(forOne, forTwo)));
    }

    ServerProcess one() {
        return cluster.server(0);
    }

    ServerProcess two() {
        return cluster.server(1);
    }

    NginxProcess nginx() {
        return cluster.nginx();
    }

    /** For one more server. */
    String database() {
        return cluster.databaseUrl();
    }

    /** The same client of each. */
    List<Api> clients(Api client) {
        return List.of(client.at(one().root()), client.at(two().root()));
    }

    @Override
    public void close() throws Exception {
        cluster.stop();
        cluster.close();
    }
}
