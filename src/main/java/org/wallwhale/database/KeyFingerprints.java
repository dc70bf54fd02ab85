package org.wallwhale.database;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.KeyFile;

/** The table {@code key_fingerprints}. Each statement is a transaction of its own: it is used before anything else runs. */
record KeyFingerprints(DataSource database, DataFolder folder) {
    private static final String UNIQUE_VIOLATION = "23505";
    /** The key must be used for nothing else with this text. */
    private static final byte[] PURPOSE = "wallwhale key fingerprint".getBytes(StandardCharsets.US_ASCII);

    /** Compares before it makes any key, and again after: another instance may have been faster with a key of its own. */
    void confirm(List<KeyFile> keys) {
        try (Connection connection = database.getConnection()) {
            refuseOthers(connection, keys);
            for (KeyFile key : keys) {
                record(connection, key.name(), fingerprint(folder.key(key)));
            }
            refuseOthers(connection, keys);
        } catch (SQLException e) {
            throw new IllegalStateException("The fingerprints of the keys could not be read or written: " + e.getMessage(), e);
        }
    }

    private void refuseOthers(Connection connection, List<KeyFile> keys) throws SQLException {
        StringBuilder faults = new StringBuilder();
        for (KeyFile key : keys) {
            Optional<String> recorded = recorded(connection, key.name());
            if (recorded.isPresent() && Files.notExists(folder.secretFile(key.name()))) {
                faults.append(fault(key, "is missing"));
            } else if (recorded.isPresent() && !recorded.get().equals(fingerprint(folder.key(key)))) {
                faults.append(fault(key, "is not the key that this database was used with"));
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("The start is refused, and nothing was changed, because data folder and database do not "
                    + "belong together:" + faults);
        }
    }

    private String fault(KeyFile key, String what) {
        return "\n  " + folder.secretFile(key.name()) + " " + what + ": restore it from the backup that was taken with this database. "
                + "If it is lost, " + key.loss() + "; to go on with another key all the same, run this in the database: "
                + "delete from key_fingerprints where name = '" + key.name() + "'";
    }

    private static Optional<String> recorded(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select fingerprint from key_fingerprints where name = ?")) {
            select.setString(1, name);
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    /** The first one counts. */
    private static void record(Connection connection, String name, String fingerprint) throws SQLException {
        if (recorded(connection, name).isPresent()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into key_fingerprints (name, fingerprint) values (?, ?)")) {
            insert.setString(1, name);
            insert.setString(2, fingerprint);
            insert.executeUpdate();
        } catch (SQLException e) {
            if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private static String fingerprint(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(PURPOSE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
