package org.wallwhale.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Map;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import org.wallwhale.database.BackupContents;
import org.wallwhale.database.DatabaseBackup;
import org.wallwhale.database.DatabaseConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes the database, with it the index of the store, into one file. */
@Command(name = "backup", mixinStandardHelpOptions = true,
        description = {"Writes all rows of the database into one file, as one moment saw them.", "",
            "Restore puts it into an empty database of either kind. With PostgreSQL servers go on meanwhile. An H2 file is one "
                + "process's alone: stop the server first.", "",
            "Not in it: the keys (secrets/ and folder-id of the data folder), without which it cannot be restored, and the content itself "
                + "(store/). Keep the keys elsewhere than the backup: who has both can read the passwords of Steam accounts.", ""},
        footer = {"", "Examples:", "  wallwhale backup wallwhale-$(date +%%F).zip",
            "  WALLWHALE_DB_URL=jdbc:postgresql://db/wallwhale wallwhale backup nightly.zip --json"})
final class Backup extends DatabaseCommand {
    @Parameters(paramLabel = "FILE", description = "The backup to write; it must not be there yet.")
    private Path file;

    Backup() {
        this(LocalSettings.read());
    }

    Backup(Settings settings) {
        super(settings);
    }

    @Override
    public Integer call() throws IOException {
        DatabaseConfig database = database();
        if (Files.exists(file)) {
            throw new TakenException(file, "name another file, for instance one with the date");
        }
        Path place = file.toAbsolutePath();
        Path fresh;
        try {
            // 0600 from the start
            fresh = Files.createTempFile(place.getParent(), ".backup-", "");
            fresh.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, "No file can be written in " + place.getParent() + ": name another place.");
        }
        try {
            BackupContents contents = terminal.patience().await("Backing up", () -> write(database, fresh));
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
            tell(contents, place);
            return 0;
        } catch (AtomicMoveNotSupportedException e) {
            throw new CommandFailure(CommandFailure.FAILED, "The backup could not be given its name: name a file on a local disk.");
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static BackupContents write(DatabaseConfig database, Path fresh) {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE); OutputStream out = Channels.newOutputStream(channel)) {
            BackupContents contents = DatabaseBackup.write(atRest(database), out);
            channel.force(true);
            return contents;
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.FAILED, "The backup could not be written (" + e.getMessage() + "): look at its disk.");
        } catch (SQLException | RuntimeException e) {
            throw failure(e, "");
        }
    }

    /** An H2 that is not there is not made. */
    private static DatabaseConfig atRest(DatabaseConfig database) {
        return database.isH2() ? database.at(database.url() + ";IFEXISTS=TRUE") : database;
    }

    private void tell(BackupContents contents, Path place) throws IOException {
        Path data = new DataFolder(settings).root();
        terminal.say("Backed up " + contents.allRows() + " rows of " + contents.rows().size() + " tables (schema " + contents.schemaVersion()
                + ") into " + place + ", " + ProgressBar.bytes(Files.size(place)) + ".");
        terminal.say("The keys are apart: keep " + data.resolve("secrets") + " and " + data.resolve("folder-id") + " elsewhere. The content in "
                + data.resolve("store") + " is not in it either.");
        terminal.value(Map.of("file", place.toString(), "contents", contents));
    }
}
