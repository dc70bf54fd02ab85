package org.wallwhale.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.wallwhale.database.TestPostgres;

/** A PostgreSQL that a test may stop as {@code pg_ctl stop -m immediate} does, and start again where it was. */
final class RestartablePostgres implements AutoCloseable {
    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    private RestartablePostgres(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    static RestartablePostgres start(Path data) throws IOException {
        RestartablePostgres postgres = new RestartablePostgres(data, ServerProcess.freePort());
        postgres.start();
        return postgres;
    }

    /** What a commit returned from is on the disk, as in production; the binaries' own default is otherwise. */
    void start() throws IOException {
        server = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).setPort(port)
                .setServerConfig("synchronous_commit", "on").start();
    }

    /** SIGQUIT: every connection breaks, and the next start has to recover. Returns when nothing of it runs. */
    void stopAtOnce() throws IOException, InterruptedException {
        Path note = data.resolve("postmaster.pid");
        String pid = Files.readAllLines(note).get(0).strip();
        if (new ProcessBuilder("kill", "-QUIT", pid).start().waitFor() != 0) {
            throw new IOException("PostgreSQL was gone already");
        }
        Wait.until("PostgreSQL is gone", Duration.ofSeconds(30), () -> !Files.exists(note));
        // stops nothing any more, but lets go of its own lock on the folder
        server.close();
    }

    int port() {
        return port;
    }

    /** {@code client} is what the database calls those who connect here. */
    String url(String client) {
        // those who start at the same moment on few cores are slow to connect
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?loginTimeout=60&ApplicationName=" + client;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url("test"), TestPostgres.USER, null);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
