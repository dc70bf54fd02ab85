package org.wallwhale.cli;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.wallwhale.config.Settings;
import org.wallwhale.database.DatabaseConfig;
import org.wallwhale.database.WallwhaleDataSource;
import picocli.CommandLine.Mixin;

/** A command that works on all of the database by itself, without a server. */
abstract class DatabaseCommand implements Callable<Integer> {
    @Mixin
    Terminal terminal = new Terminal();
    final Settings settings;

    DatabaseCommand(Settings settings) {
        this.settings = settings;
    }

    /** What the settings name, or their faults. */
    DatabaseConfig database() {
        DatabaseConfig database = new DatabaseConfig(settings);
        if (!settings.faults().isEmpty()) {
            throw new CommandFailure(CommandFailure.SETTINGS, String.join("\n", settings.faults()));
        }
        return database;
    }

    /** Where it is a matter of the database's, however deep below, its own sentence; {@code end} is put behind the others. */
    static RuntimeException failure(Exception thrown, String end) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException database) {
                return unavailable(database);
            }
        }
        return thrown instanceof IllegalStateException ? new CommandFailure(CommandFailure.FAILED, thrown.getMessage() + end)
                : (RuntimeException) thrown;
    }

    private static CommandFailure unavailable(SQLException e) {
        if (WallwhaleDataSource.isInUse(e)) {
            return new CommandFailure(CommandFailure.FAILED, "A server has this H2 database open: stop it first, or move to PostgreSQL, which "
                    + "several programs may use at once.");
        }
        if (WallwhaleDataSource.isAbsentH2(e)) {
            return new CommandFailure(CommandFailure.SETTINGS, "There is no H2 database here: name the server's data folder in "
                    + "WALLWHALE_DATA_DIR, or its database in WALLWHALE_DB_URL.");
        }
        return new CommandFailure(CommandFailure.NOT_REACHABLE, "The database cannot be used: " + e.getMessage()
                + " Look at WALLWHALE_DB_URL, WALLWHALE_DB_USER and WALLWHALE_DB_PASSWORD.");
    }
}
