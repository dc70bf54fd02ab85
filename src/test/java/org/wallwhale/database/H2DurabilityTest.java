package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database of a killed server holds everything that was ever acknowledged. */
class H2DurabilityTest {
    private static final int ROUNDS = 3;

    @Test
    @Timeout(120)
    void noAcknowledgedCommitIsLostWhenTheServerIsKilled(@TempDir Path folder) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Connection connection = Committer.database(folder).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table acknowledged (id bigint primary key, filling varchar(1000))");
        }
        Set<Long> acknowledged = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(commitUntilKilled(folder, round * 1_000_000L, 20 + random.nextInt(300)));
            Set<Long> missing = new TreeSet<>(acknowledged);
            missing.removeAll(stored(folder));
            assertThat(missing).as("acknowledged but lost, of " + acknowledged.size() + ", after kill " + (round + 1) + ", seed "
                    + seed).isEmpty();
        }
        assertThat(acknowledged.size()).isGreaterThan(ROUNDS * 20);
    }

    /** Kills the committer with SIGKILL after {@code count} acknowledgements; the pipe may hold more of them. */
    private static Set<Long> commitUntilKilled(Path folder, long firstId, int count) throws IOException, InterruptedException {
        Process committer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Committer.class.getName(), folder.toString(), String.valueOf(firstId))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Set<Long> acknowledged = new HashSet<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(committer.getInputStream(),
                StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith(Committer.END)) {
                    acknowledged.add(Long.parseLong(line.substring(0, line.length() - 1)));
                }
                if (acknowledged.size() == count) {
                    // The process itself would close the pipe with what is still in it.
                    committer.toHandle().destroyForcibly();
                }
            }
        } finally {
            committer.destroyForcibly();
        }
        assertThat(committer.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged.size()).as("acknowledgements").isGreaterThanOrEqualTo(count);
        return acknowledged;
    }

    private static Set<Long> stored(Path folder) throws Exception {
        Set<Long> ids = new HashSet<>();
        try (Connection connection = Committer.database(folder).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from acknowledged")) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }
}
