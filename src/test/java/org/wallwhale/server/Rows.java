package org.wallwhale.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;

/** What the database holds when all is over. */
record Rows(List<Download> downloads, List<Attempt> attempts, List<State> states) {
    /** {@code folder} is that of its content below the store, or null; {@code lines} how many its log has. */
    record Download(String id, String item, String status, String error, int attempts, long logSeq, long lines, String folder) { }

    /** Times are Unix milliseconds; {@code ended} is 0 for one that goes on, and {@code outcome} null. */
    record Attempt(RunName name, int number, String instance, long started, long ended, String outcome) { }

    /** One that was announced in the log; each download's in their order. */
    record State(String download, String status) { }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    static Rows read(Connection database) throws SQLException {
        return new Rows(all(database, """
                select cast(d.id as varchar), d.pubfile_id, d.status, d.error_code, d.attempt, d.log_seq,
                    (select count(*) from log_lines l where l.download_id = d.id), c.folder
                from downloads d left join contents c on c.id = d.content_id""",
                row -> new Download(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getInt(5), row.getLong(6),
                        row.getLong(7), row.getString(8))),
                all(database, """
                select cast(download_id as varchar), fence, number, instance_id, started_at, ended_at, outcome
                from attempts order by download_id, number""",
                row -> new Attempt(new RunName(row.getString(1), row.getLong(2)), row.getInt(3), row.getString(4), millis(row.getTimestamp(5)),
                        millis(row.getTimestamp(6)), row.getString(7))),
                all(database, "select cast(download_id as varchar), text from log_lines where kind = 'state' order by download_id, seq",
                row -> new State(row.getString(1), row.getString(2))));
    }

    List<Attempt> attemptsOf(String download) {
        return attempts.stream().filter(attempt -> attempt.name().download().equals(download)).toList();
    }

    /** Without those that merely repeat the one before. */
    List<String> statesOf(String download) {
        List<String> all = new ArrayList<>();
        states.stream().filter(state -> state.download().equals(download)).map(State::status).forEach(status -> {
            if (all.isEmpty() || !all.get(all.size() - 1).equals(status)) {
                all.add(status);
            }
        });
        return all;
    }

    private static long millis(Timestamp time) {
        return time == null ? 0 : time.getTime();
    }

    private static <T> List<T> all(Connection database, String query, Reading<T> reading) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (Statement statement = database.createStatement(); ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                rows.add(reading.of(row));
            }
        }
        return rows;
    }
}
