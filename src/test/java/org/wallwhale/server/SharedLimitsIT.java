package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.quota.RedisProcess;

/** Two whole servers that share a PostgreSQL and a real Redis, which is killed and comes back. */
class SharedLimitsIT {
    private static final int LIMIT = 500;
    private static final int BEYOND = 50;
    /** What an instance without a Redis keeps to itself at a time. */
    private static final int KEPT = LIMIT / 50;
    private static final String PASSWORD = "a-secret-of-redis";
    @TempDir
    private Path folder;

    @Test
    void bothFindTheLastRequestOfALimitAndNobodyNoticesThatRedisIsGone() throws Exception {
        try (RedisProcess redis = new RedisProcess(Files.createDirectories(folder.resolve("redis")), PASSWORD);
                Cluster cluster = Cluster.start(folder, 2, true, Map.of("WALLWHALE_REDIS_URL", redis.url(PASSWORD).toString()))) {
            assertThat(answers(cluster, key(cluster, "with it"))).isEqualTo(Map.of(200, LIMIT, 429, BEYOND));
            redis.kill();
            Map<Integer, Integer> without = answers(cluster, key(cluster, "without it"));
            assertThat(without).containsOnlyKeys(200, 429);
            assertThat(without.get(200)).as("the second keeps what it does not use").isBetween(LIMIT - KEPT, LIMIT - 1);
            redis.start();
            String asking = key(cluster, "asking", 1_000_000);
            Wait.until("both use it again", Wait.goal(6), () -> answers(cluster, asking).equals(Map.of(200, LIMIT + BEYOND)) && redis.clients() >= 2);
            assertThat(answers(cluster, key(cluster, "once it is back"))).isEqualTo(Map.of(200, LIMIT, 429, BEYOND));
        }
    }

    /** Of a limit for the day, so that no minute ends meanwhile. */
    private static String key(Cluster cluster, String name) {
        return key(cluster, name, LIMIT);
    }

    private static String key(Cluster cluster, String name, int limit) {
        return cluster.server(0).post("/admin/api-keys", Map.of("name", name, "scopes", List.of("download:read"),
                "quotaDaily", limit)).path("key").textValue();
    }

    /** How many of more requests than are allowed had which status, sent by several clients: one to the second server, all others to the first. */
    private static Map<Integer, Integer> answers(Cluster cluster, String key) {
        return IntStream.range(0, LIMIT + BEYOND).parallel().mapToObj(number ->
                        cluster.server(number == 0 ? 1 : 0).exchange("GET", "/api/v1/downloads?limit=1", null, "X-API-Key", key).statusCode())
                .collect(Collectors.toMap(status -> status, status -> 1, Integer::sum, TreeMap::new));
    }
}
