package org.wallwhale.database;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.OptionalLong;

/** What a look at the database shows, and what the operator reads about it. */
enum DatabaseState {
    WELL(Level.INFO, "The database is well again."),
    READ_ONLY(Level.WARNING, "The database takes no writes; what changes anything is refused until it does."),
    NEARLY_FULL(Level.WARNING, "The disk of the data folder has less than 16 MiB left; what needs room in the database is refused until it has "
            + "24 MiB. Deleting downloads makes room."),
    FULL(Level.WARNING, "The disk of the data folder has less than 2 MiB left; what needs the database is refused until it has more."),
    CROWDED(Level.WARNING, "The database takes no more connections (SQLSTATE 53300): raise its max_connections, or have fewer clients. What has a "
            + "connection already goes on."),
    SHUT_OUT(Level.WARNING, "The database does not let this server in (SQLSTATE class 28): look at wallwhale.db.user, wallwhale.db.password and "
            + "its pg_hba.conf. What has a connection already goes on."),
    AWAY(Level.WARNING, "The database does not answer; what needs it is refused until it does.");

    /** A write that the disk has no room for may cost H2 its file (seen with 2.2.224); what makes room takes far less than this. */
    private static final long FULL_BYTES = 2 << 20;
    private static final long NEARLY_FULL_BYTES = 16 << 20;
    private static final long ROOMY_BYTES = 24 << 20;

    final Level level;
    final String sentence;

    DatabaseState(Level level, String sentence) {
        this.level = level;
        this.sentence = sentence;
    }

    /** Whether transactions may begin; {@code needsNoRoom} as in {@link NeedsNoRoom}. */
    boolean admits(boolean needsNoRoom) {
        return this != AWAY && this != FULL && (this != NEARLY_FULL || needsNoRoom);
    }

    /** Of an H2 that answers: more room is needed to be well again than to stay so. {@code freeBytes} is empty when nobody can tell. */
    static DatabaseState ofRoom(DatabaseState before, OptionalLong freeBytes) {
        long free = freeBytes.orElse(Long.MAX_VALUE);
        long enough = before == NEARLY_FULL || before == FULL ? ROOMY_BYTES : NEARLY_FULL_BYTES;
        return free < FULL_BYTES ? FULL : free < enough ? NEARLY_FULL : WELL;
    }

    /** Of a PostgreSQL to which no connection could be made: one that refuses it is there. */
    static DatabaseState ofRefusal(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.equals("53300") ? CROWDED : state.startsWith("28") ? SHUT_OUT : AWAY;
    }
}
