package org.wallwhale.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.wallwhale.access.AccessConfig;
import org.wallwhale.audit.AuditConfig;
import org.wallwhale.certificate.CertificateFiles;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.FolderLocks;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import org.wallwhale.database.BackupContents;
import org.wallwhale.database.DatabaseConfig;
import org.wallwhale.database.DatabaseRestore;
import org.wallwhale.database.UnfinishedRestoreException;
import org.wallwhale.share.ShareConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts a backup into an empty database. */
@Command(name = "restore", mixinStandardHelpOptions = true,
        description = {"Puts a backup into an empty database, an H2 file or a PostgreSQL: all of it, or nothing.", "",
            "Put the data folder's own secrets/ and folder-id in place first: their fingerprints are in the backup and are compared before "
                + "anything is committed. No server may have been started on the database yet, and none may run on the folder, which belongs to "
                + "the restored database from then on.", ""},
        footer = {"", "Examples:", "  wallwhale restore wallwhale-2026-01-31.zip",
            "  WALLWHALE_DB_URL=jdbc:postgresql://db/new WALLWHALE_DATA_DIR=/srv/wallwhale wallwhale restore nightly.zip"})
final class Restore extends DatabaseCommand {
    @Parameters(paramLabel = "FILE", description = "What wallwhale backup has written.")
    private Path file;

    Restore() {
        this(LocalSettings.read());
    }

    Restore(Settings settings) {
        super(settings);
    }

    @Override
    public Integer call() {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandFailure(CommandFailure.USAGE, "There is no file " + file + " that can be read here: name a backup.");
        }
        DatabaseConfig database = database();
        DataFolder folder = new DataFolder(settings);
        if (Files.isDirectory(folder.root())) {
            CertificateNames.demandOwner(new CertificateFiles(folder));
        }
        BackupContents contents = terminal.patience().await("Restoring", () -> restored(database));
        terminal.say("Restored " + contents.allRows() + " rows of " + contents.rows().size() + " tables, as they were at " + contents.createdAt()
                + " in " + contents.database() + ". The data folder, its key-pepper and its audit-key are the right ones.");
        terminal.say("The folder belongs to this database now: with any other that it was used with, a start is refused.");
        terminal.say("Its sealing-keys were not compared: whether they open the secrets of Steam accounts, wallwhale account test tells.");
        terminal.say("Start the server: it brings the schema up to date. Content that is no longer in the store is fetched again when it is "
                + "wanted.");
        terminal.value(Map.of("contents", contents));
        return 0;
    }

    @SuppressWarnings("try") // a lock is held, not used
    private BackupContents restored(DatabaseConfig database) {
        DataFolder folder = new DataFolder(settings);
        // which makes the folder, too: H2 would make it open to others
        try (Closeable noServer = keepServersOff(folder)) {
            return DatabaseRestore.restore(file, database, folder, List.of(AccessConfig.KEY_PEPPER, AuditConfig.CHAIN_KEY, ShareConfig.LINK_KEY));
        } catch (CommandFailure e) {
            throw e;
        } catch (UnfinishedRestoreException e) {
            throw new CommandFailure(CommandFailure.FAILED, e.getMessage());
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.FAILED, file + " could not be read to its end (" + e.getMessage()
                    + "), and nothing was changed: take another backup.");
        } catch (SQLException | RuntimeException e) {
            throw failure(e, " Nothing was changed.");
        }
    }

    private static Closeable keepServersOff(DataFolder folder) {
        try {
            return new FolderLocks(folder).keepServersOff();
        } catch (IllegalStateException e) {
            throw new CommandFailure(CommandFailure.SETTINGS, e.getMessage());
        } catch (UncheckedIOException e) {
            throw new CommandFailure(CommandFailure.SETTINGS, e.getMessage() + " (" + e.getCause().getMessage() + "): name a folder in "
                    + "WALLWHALE_DATA_DIR that this user may write to.");
        }
    }
}
