package org.wallwhale.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.KeyFile;

/**
 * The table {@code key_fingerprints}: which data folder and which keys the other rows belong to, and the id by which that folder names this
 * database. It is compared and completed in one transaction, which holds the lock of the folder's row, so that instances that start
 * together come one after the other. The folder names the database after the commit alone: of two databases it belongs to one.
 */
record KeyFingerprints(DataSource database, DataFolder folder) {
    private static final String FOLDER = "data-folder";
    /** Its row is missing until a version that knows of it started. */
    private static final String DATABASE = "database";
    private static final String REPLACE = "update key_fingerprints set fingerprint = '%s' where name = '" + FOLDER + "'";
    /** The key must be used for nothing else with this text. */
    private static final byte[] PURPOSE = "wallwhale key fingerprint".getBytes(StandardCharsets.US_ASCII);

    /** Compares before it makes anything. */
    void confirm(List<KeyFile> keys) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                String id = confirm(connection, keys);
                connection.commit();
                demand(folder.giveTo(id).equals(id) ? "" : databaseFault());
            } finally {
                // of what was not committed
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("Data folder and database could not be compared: " + e.getMessage(), e);
        }
    }

    /** Returns the database's id. */
    private String confirm(Connection connection, List<KeyFile> keys) throws SQLException, IOException {
        String folderId = recorded(connection, FOLDER, " for update").orElseThrow();
        refuseOthers(connection, folderId, keys);
        for (KeyFile key : keys) {
            if (recorded(connection, key.name(), "").isEmpty()) {
                execute(connection, "insert into key_fingerprints (fingerprint, name) values (?, ?)", fingerprint(folder.key(key)), key.name());
            }
        }
        if (folderId.isEmpty()) {
            // last, because a folder with an id is nobody else's
            execute(connection, "update key_fingerprints set fingerprint = ? where name = ?", folder.makeId(), FOLDER);
        }
        Optional<String> id = recorded(connection, DATABASE, "");
        return id.isPresent() ? id.get() : name(connection);
    }

    /** Gives the database another id than the one that its rows came with. Returns it, for the folder once that is committed. */
    String rename(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from key_fingerprints where name = ?")) {
            delete.setString(1, DATABASE);
            delete.executeUpdate();
        }
        return name(connection);
    }

    private static String name(Connection connection) throws SQLException {
        String id = UUID.randomUUID().toString();
        execute(connection, "insert into key_fingerprints (fingerprint, name) values (?, ?)", id, DATABASE);
        return id;
    }

    private void refuseOthers(Connection connection, String folderId, List<KeyFile> keys) throws SQLException, IOException {
        StringBuilder faults = new StringBuilder(folderFault(folderId).orElse(""));
        Optional<String> owner = folder.database();
        // what a folder of another id says is no matter of this database's
        if (faults.isEmpty() && owner.isPresent() && !owner.equals(recorded(connection, DATABASE, ""))) {
            faults.append(databaseFault());
        }
        for (KeyFile key : keys) {
            Optional<String> recorded = recorded(connection, key.name(), "");
            if (recorded.isPresent() && Files.notExists(folder.secretFile(key.name()))) {
                faults.append(fault(key, "is missing"));
            } else if (recorded.isPresent() && !recorded.get().equals(fingerprint(folder.key(key)))) {
                faults.append(fault(key, "is not the key that this database was used with"));
            }
        }
        demand(faults);
    }

    private static void demand(CharSequence faults) {
        if (!faults.isEmpty()) {
            throw new IllegalStateException("The start is refused, and nothing was changed, because data folder and database do not "
                    + "belong together:" + faults);
        }
    }

    /** The files of the folder that are missing, or not those that the rows were made with. Makes none. */
    List<Path> strangers(Connection connection, List<KeyFile> keys) throws SQLException, IOException {
        List<Path> strangers = new ArrayList<>();
        if (!folder.id().equals(recorded(connection, FOLDER, "").filter(id -> !id.isEmpty()))) {
            strangers.add(folder.idFile());
        }
        for (KeyFile key : keys) {
            Optional<String> recorded = recorded(connection, key.name(), "");
            if (recorded.isPresent() && (Files.notExists(folder.secretFile(key.name()))
                    || !recorded.get().equals(fingerprint(folder.key(key))))) {
                strangers.add(folder.secretFile(key.name()));
            }
        }
        return strangers;
    }

    private Optional<String> folderFault(String recorded) throws IOException {
        Optional<String> present = folder.id();
        if (present.equals(Optional.of(recorded).filter(id -> !id.isEmpty()))) {
            return Optional.empty();
        }
        if (recorded.isEmpty()) {
            return Optional.of("\n  " + folder.idFile() + " says that this folder belongs to another database, and two of them would delete each "
                    + "other's content: name that database in WALLWHALE_DB_URL, or another folder in WALLWHALE_DATA_DIR. If that database "
                    + "is given up for good, delete this file, and " + folder.databaseFile().getFileName() + " next to it.");
        }
        return Optional.of("\n  " + folder.idFile() + (present.isEmpty() ? " is missing" : " is another folder's")
                + ": this database was used with another data folder, and all its instances must share that one. Name it in "
                + "WALLWHALE_DATA_DIR, mounted on this machine if it lies elsewhere, or restore it from the backup that was taken with this "
                + "database. If it is lost, so is all finished content; to go on with this folder all the same, delete "
                + folder.databaseFile().getFileName() + " in it if it is there, and run this in the database: "
                + REPLACE.formatted(present.orElse("")));
    }

    private String databaseFault() {
        return "\n  " + folder.databaseFile() + " says that this folder belongs to another database, and two of them would delete each other's "
                + "content: name that database in WALLWHALE_DB_URL, or another folder in WALLWHALE_DATA_DIR. If that database is given up for good, "
                + "as when this one was put back from an older dump, or the restore broke off, delete this file.";
    }

    private String fault(KeyFile key, String what) {
        return "\n  " + folder.secretFile(key.name()) + " " + what + ": restore it from the backup that was taken with this database. "
                + "If it is lost, " + key.loss() + "; to go on with another key all the same, run this in the database: "
                + "delete from key_fingerprints where name = '" + key.name() + "'";
    }

    private static Optional<String> recorded(Connection connection, String name, String lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select fingerprint from key_fingerprints where name = ?" + lock)) {
            select.setString(1, name);
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    private static void execute(Connection connection, String sql, String fingerprint, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, fingerprint);
            statement.setString(2, name);
            statement.executeUpdate();
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
