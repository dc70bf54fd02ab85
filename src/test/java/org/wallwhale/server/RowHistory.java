package org.wallwhale.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Who changed which download and what it was before, kept by a trigger in PostgreSQL: instances connect there under their names. So
 * it is seen that an instance writes to nothing that another one holds.
 */
final class RowHistory {
    private static final String BEGIN = """
            create table row_history (at timestamp with time zone, writer text, download uuid, was text, became text, fence_was bigint,
                fence_became bigint, holder text, lease_until timestamp with time zone);
            create function note_row() returns trigger language plpgsql as $$ begin
                insert into row_history values (clock_timestamp(), current_setting('application_name'), old.id, old.status, new.status,
                    old.fence, new.fence, old.instance_id, old.lease_until);
                return null;
            end $$;
            create trigger note_row after update on downloads for each row execute function note_row();""";
    /** To take up what another held is allowed once its lease is over. */
    private static final String FORBIDDEN = """
            select * from row_history where fence_became < fence_was
                or was in ('SUCCESS', 'FAILED', 'CANCELED') and became <> was
                or holder is not null and holder <> writer and not (became <> 'RUNNING' and became <> 'SUCCESS' and lease_until < at)
            order by at""";

    private RowHistory() {
    }

    /** Once the tables are there. */
    static void begin(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(BEGIN);
        }
    }

    static List<String> forbidden(Connection database) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = database.createStatement(); ResultSet row = statement.executeQuery(FORBIDDEN)) {
            while (row.next()) {
                found.add(row.getString("at") + " " + row.getString("writer") + " wrote to " + row.getString("download") + ", " + row.getString("was")
                        + " of " + row.getString("holder") + " by " + row.getLong("fence_was") + ": " + row.getString("became") + " by " + row.getLong("fence_became"));
            }
        }
        return found;
    }
}
