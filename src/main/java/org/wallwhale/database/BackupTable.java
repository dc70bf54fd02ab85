package org.wallwhale.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One table as a backup sees it, the same on H2 and PostgreSQL: names in lower case, times as ISO 8601 in UTC, ids as text.
 *
 * @param columns by name
 * @param key the columns of the primary key
 * @param parents the other tables that its rows refer to
 * @param ownReferences columns that refer to rows of this very table
 */
record BackupTable(String name, Map<String, Type> columns, List<String> key, Set<String> parents, Set<String> ownReferences) {
    static final String HISTORY = "flyway_schema_history";

    /** What a column's values are in JSON and in Java. */
    enum Type {
        TEXT, NUMBER, TRUTH, TIME, DATE, ID;

        private static Type of(int jdbcType, String typeName) {
            String name = typeName.toLowerCase(Locale.ROOT);
            if (name.equals("uuid")) {
                return ID;
            }
            if (name.startsWith("timestamp")) {
                return TIME;
            }
            return switch (jdbcType) {
                case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> NUMBER;
                case Types.BOOLEAN, Types.BIT -> TRUTH;
                case Types.DATE -> DATE;
                case Types.VARCHAR, Types.CHAR, Types.CLOB, Types.LONGVARCHAR -> TEXT;
                default -> throw new IllegalStateException("A column of the type " + typeName + " cannot be backed up");
            };
        }

        /** As it is written to JSON. */
        Object read(ResultSet row, int place) throws SQLException {
            Object value = switch (this) {
                case TEXT, ID -> row.getString(place);
                case NUMBER -> row.getLong(place);
                case TRUTH -> row.getBoolean(place);
                case TIME -> {
                    OffsetDateTime time = row.getObject(place, OffsetDateTime.class);
                    yield time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toString();
                }
                case DATE -> {
                    LocalDate date = row.getObject(place, LocalDate.class);
                    yield date == null ? null : date.toString();
                }
            };
            return row.wasNull() ? null : value;
        }

        /** A value of another kind is a {@link RuntimeException}. */
        void write(PreparedStatement statement, int place, Object value) throws SQLException {
            statement.setObject(place, value == null ? null : switch (this) {
                case TEXT -> (String) value;
                case ID -> UUID.fromString((String) value);
                case NUMBER -> value instanceof Integer small ? (Long) small.longValue() : (Long) value;
                case TRUTH -> (Boolean) value;
                case TIME -> OffsetDateTime.parse((String) value);
                case DATE -> LocalDate.parse((String) value);
            });
        }
    }

    /** All but Flyway's own, those that others refer to first. */
    static List<BackupTable> all(Connection connection) throws SQLException {
        Map<String, BackupTable> tables = new LinkedHashMap<>();
        try (ResultSet found = connection.getMetaData().getTables(null, connection.getSchema(), null, new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                String name = found.getString("TABLE_NAME");
                if (!name.equalsIgnoreCase(HISTORY)) {
                    tables.put(name.toLowerCase(Locale.ROOT), of(connection, name));
                }
            }
        }
        List<BackupTable> ordered = new ArrayList<>();
        while (ordered.size() < tables.size()) {
            Set<String> done = ordered.stream().map(BackupTable::name).collect(Collectors.toSet());
            List<BackupTable> next = tables.values().stream().filter(table -> !done.contains(table.name) && done.containsAll(table.parents)).toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("Tables refer to each other in a circle");
            }
            ordered.addAll(next);
        }
        return ordered;
    }

    private static BackupTable of(Connection connection, String name) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        Map<String, Type> columns = new LinkedHashMap<>();
        try (ResultSet found = data.getColumns(null, connection.getSchema(), name, null)) {
            while (found.next()) {
                columns.put(found.getString("COLUMN_NAME").toLowerCase(Locale.ROOT), Type.of(found.getInt("DATA_TYPE"), found.getString("TYPE_NAME")));
            }
        }
        Set<String> key = new LinkedHashSet<>();
        try (ResultSet found = data.getPrimaryKeys(null, connection.getSchema(), name)) {
            while (found.next()) {
                key.add(found.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        Set<String> parents = new LinkedHashSet<>();
        Set<String> own = new LinkedHashSet<>();
        try (ResultSet found = data.getImportedKeys(null, connection.getSchema(), name)) {
            while (found.next()) {
                String parent = found.getString("PKTABLE_NAME").toLowerCase(Locale.ROOT);
                if (parent.equalsIgnoreCase(name)) {
                    own.add(found.getString("FKCOLUMN_NAME").toLowerCase(Locale.ROOT));
                } else {
                    parents.add(parent);
                }
            }
        }
        return new BackupTable(name.toLowerCase(Locale.ROOT), columns, List.copyOf(key), parents, own);
    }

    String select() {
        return "select " + String.join(", ", columns.keySet()) + " from " + name;
    }

    /** Of some columns. */
    String insert(List<String> some) {
        return "insert into " + name + " (" + String.join(", ", some) + ") values ("
                + IntStream.range(0, some.size()).mapToObj(i -> "?").collect(Collectors.joining(", ")) + ")";
    }

    /** Of the columns that refer to this table, by its key. */
    String updateOwnReferences() {
        return "update " + name + " set " + ownReferences.stream().map(column -> column + " = ?").collect(Collectors.joining(", "))
                + " where " + key.stream().map(column -> column + " = ?").collect(Collectors.joining(" and "));
    }
}
