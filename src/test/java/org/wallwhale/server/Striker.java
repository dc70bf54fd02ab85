package org.wallwhale.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Does to a cluster what a plan says, and keeps what was seen meanwhile. */
final class Striker {
    private static final Duration WORK_WITHIN = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GONE_AFTER_KILL = Wait.goal(4);
    private static final Duration GONE_AFTER_WAKING = Wait.goal(5);
    private static final Duration UNREADY_WITHIN = Wait.goal(5);
    private static final Duration READY_WITHIN = Wait.goal(10);
    private static final int MOST_PAUSES = 300;
    private final Cluster cluster;
    private final ProcessWatch watch;
    private final List<Disturbance> done = new ArrayList<>();
    private final List<String> orphans = new ArrayList<>();
    private final List<String> unwell = new ArrayList<>();

    private int inTransaction;

    Striker(Cluster cluster, ProcessWatch watch) {
        this.cluster = cluster;
        this.watch = watch;
    }

    /** Returns when every instance is ready again. */
    void strike(Trouble trouble) throws Exception {
        Wait.comesTrue(WORK_WITHIN, () -> watch.isWorking(cluster.server(trouble.instance())));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(trouble.afterMillis()));
        long from = System.currentTimeMillis();
        switch (trouble.kind()) {
            case KILL -> kill(trouble.instance(), trouble.untilTakenOver());
            case PAUSE -> pause(trouble.instance());
            case DATABASE -> restartDatabase();
        }
        done.add(new Disturbance(trouble.kind(), trouble.kind() == Trouble.Kind.DATABASE ? "" : Cluster.name(trouble.instance()), from,
                System.currentTimeMillis()));
    }

    List<Disturbance> done() {
        return done;
    }

    /** How many stops met a transaction. */
    int inTransaction() {
        return inTransaction;
    }

    /** Processes that lived too long without their server. */
    List<String> orphans() {
        return orphans;
    }

    /** What servers said of their health when they should not. */
    List<String> unwell() {
        return unwell;
    }

    private void kill(int instance, boolean untilTakenOver) throws Exception {
        List<ProcessHandle> children = cluster.server(instance).descendants();
        cluster.server(instance).kill();
        noteOrphans(children, GONE_AFTER_KILL, "kill -9 of " + Cluster.name(instance));
        if (untilTakenOver) {
            awaitTakeOver(instance);
        }
        cluster.startAgain(instance);
    }

    private void pause(int instance) throws Exception {
        ServerProcess server = cluster.server(instance);
        List<ProcessHandle> children = server.descendants();
        pauseInTransaction(server, Cluster.name(instance));
        long until = System.nanoTime() + Duration.ofSeconds(2 * Cluster.LEASE_SECONDS).toNanos();
        try {
            Wait.until("two leases are over", PATIENCE, () -> System.nanoTime() - until > 0);
            awaitTakeOver(instance);
        } finally {
            server.resume();
        }
        noteOrphans(children, GONE_AFTER_WAKING, "waking of " + Cluster.name(instance));
        Wait.until(Cluster.name(instance) + " is ready again", PATIENCE, () -> status(server, "/health/ready") == 200);
    }

    /** At the worst moment, if it can be had: with locks in the database that the others need. */
    private void pauseInTransaction(ServerProcess server, String name) throws Exception {
        try (Connection connection = cluster.database(); PreparedStatement query = connection.prepareStatement(
                "select count(*) from pg_stat_activity where application_name = ? and state = 'idle in transaction' and backend_xid is not null")) {
            query.setString(1, name);
            for (int attempt = 0; attempt < MOST_PAUSES; attempt++) {
                server.pause();
                if (count(query) > 0) {
                    inTransaction++;
                    return;
                }
                server.resume();
            }
            server.pause();
        }
    }

    private void restartDatabase() throws Exception {
        cluster.postgres().stopAtOnce();
        for (int instance = 0; instance < cluster.size(); instance++) {
            ServerProcess server = cluster.server(instance);
            note(Wait.comesTrue(UNREADY_WITHIN, () -> status(server, "/health/live") == 200), instance, "does not live without its database");
            note(Wait.comesTrue(UNREADY_WITHIN, () -> status(server, "/health/ready") == 503), instance, "is ready without its database");
        }
        cluster.postgres().start();
        for (int instance = 0; instance < cluster.size(); instance++) {
            ServerProcess server = cluster.server(instance);
            note(Wait.comesTrue(READY_WITHIN, () -> status(server, "/health/ready") == 200), instance, "is not ready soon after its database");
        }
    }

    private void note(boolean well, int instance, String otherwise) {
        if (!well) {
            unwell.add(Cluster.name(instance) + " " + otherwise);
        }
    }

    private void noteOrphans(List<ProcessHandle> children, Duration within, String after) {
        if (!Wait.comesTrue(within, () -> children.stream().noneMatch(ProcessHandle::isAlive))) {
            children.stream().filter(ProcessHandle::isAlive).forEach(child ->
                    orphans.add(child.pid() + " is alive " + within + " after the " + after + ": " + child.info().commandLine().orElse("")));
        }
    }

    private void awaitTakeOver(int instance) {
        String name = Cluster.name(instance);
        Wait.until("others take over what " + name + " ran", PATIENCE, () -> runningOn(name) == 0);
    }

    private long runningOn(String name) throws SQLException {
        try (Connection connection = cluster.database(); PreparedStatement query = connection.prepareStatement(
                "select count(*) from downloads where status = 'RUNNING' and instance_id = ?")) {
            query.setString(1, name);
            return count(query);
        }
    }

    private static long count(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** 0 without an answer: the client's kept connection may have been closed while nobody used it. Who asks, asks again. */
    private static int status(ServerProcess server, String address) {
        try {
            return server.exchange("GET", address, null).statusCode();
        } catch (IllegalStateException e) {
            return 0;
        }
    }
}
