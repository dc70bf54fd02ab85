package org.wallwhale.server;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.wallwhale.database.DatabaseLine;

/** What can be wrong with a database, as its clients meet it. */
enum DatabaseTrouble {
    /** As if its machine were gone: connections break and none can be made. */
    CUT(true, false),
    /** Connections stay, and nothing is ever answered. */
    SILENT(true, false),
    /** Each packet takes seconds. */
    SLOW(true, false),
    /** As after a fail-over to a standby: all can be read. */
    READ_ONLY(true, true),
    /** Its disk is full: what makes rows longer is refused. */
    FULL(false, true);

    private static final int SLOW_MILLIS = 4000;
    private static final String FILL = """
            create function refuse() returns trigger language plpgsql as $$ begin
                raise exception 'could not extend file' using errcode = '53100';
            end $$;
            create trigger refuse before insert or update on downloads for each row execute function refuse();
            create trigger refuse before insert on log_lines for each row execute function refuse();""";
    private static final String EMPTY = "drop function refuse() cascade";

    /** Whether {@code /health/ready} must notice. */
    final boolean isNoticed;
    /** Whether what only reads passes. */
    final boolean isReadable;

    DatabaseTrouble(boolean isNoticed, boolean isReadable) {
        this.isNoticed = isNoticed;
        this.isReadable = isReadable;
    }

    /** Begins, and ends when the result is closed. */
    AutoCloseable begin(RestartablePostgres postgres, DatabaseLine line) throws SQLException, IOException {
        switch (this) {
            case CUT -> line.cut();
            case SILENT -> line.silence();
            case SLOW -> line.slow(SLOW_MILLIS);
            case READ_ONLY -> execute(postgres, "alter system set default_transaction_read_only = on", "select pg_reload_conf()");
            case FULL -> execute(postgres, FILL);
        }
        return () -> {
            switch (this) {
                case READ_ONLY -> execute(postgres, "alter system reset default_transaction_read_only", "select pg_reload_conf()");
                case FULL -> execute(postgres, EMPTY);
                default -> line.mend();
            }
        };
    }

    /** As an administrator of the database, who may write when nobody else may. */
    private static void execute(RestartablePostgres postgres, String... statements) throws SQLException {
        try (Connection connection = postgres.connect(); Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
