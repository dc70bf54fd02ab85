package org.wallwhale.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.SecretFile;
import org.wallwhale.config.Settings;
import org.wallwhale.database.DatabaseConfig;
import org.wallwhale.database.WallwhaleDataSource;

/** What {@code doctor} looks at on this machine: folder, disk, permissions, port and database. A running server is no trouble. */
final class MachineLooks {
    private final Supplier<Settings> settings;
    private final DataFolder folder;

    MachineLooks(Supplier<Settings> settings) {
        this.settings = settings;
        this.folder = new DataFolder(settings.get());
    }

    List<Supplier<Finding>> all() {
        return List.of(this::folder, this::disk, this::permissions, this::port, this::database);
    }

    private Finding folder() {
        Settings tried = settings.get();
        if (Files.notExists(folder.root())) {
            // to make it would make it this user's, who may be another one than the server's
            return folder.wouldTakeFiles() ? Finding.ok("folder", folder.root() + " is not there yet: the first start makes it.")
                    : Finding.trouble("folder", folder.root() + " is not there, and this user may not make it.",
                            "Name another folder in WALLWHALE_DATA_DIR, or make it for the server's user.");
        }
        new DataFolder(tried).tryOut(tried);
        return tried.faults().isEmpty() ? Finding.ok("folder", folder.root() + " takes files.") : Finding.trouble("folder",
                String.join(" ", tried.faults()), "Name another folder in WALLWHALE_DATA_DIR, or give this user the right to write there.");
    }

    private Finding disk() {
        long kept = settings.get().bytes("wallwhale.store.min-free-bytes", 0, Long.MAX_VALUE);
        OptionalLong free = folder.freeBytes();
        if (free.isEmpty()) {
            return Finding.unknown("disk", "The system does not tell how many bytes are free.");
        }
        String told = ProgressBar.bytes(free.getAsLong()) + " are free where the data folder is";
        return free.getAsLong() >= kept ? Finding.ok("disk", told + ".") : Finding.trouble("disk", told + ", less than the "
                + ProgressBar.bytes(kept) + " that are to stay free: no download is started.",
                "Make room, or lower WALLWHALE_STORE_MIN_FREE_BYTES.");
    }

    private Finding permissions() {
        Path database = folder.root().resolve("wallwhale.mv.db");
        if (Files.exists(folder.root()) && isOpen(folder.root()) || Files.exists(database) && isOpen(database) && isEnteredByOthers()) {
            return Finding.trouble("permissions", "Other users may read or change what lies in " + folder.root() + ", such as the database of H2.",
                    "chmod 700 " + folder.root() + ", and replace what somebody may have read, as docs/operations.md says.");
        }
        Path secrets = folder.root().resolve("secrets");
        if (!Files.isDirectory(secrets)) {
            return Finding.ok("permissions", "There are no keys yet: the first start makes them.");
        }
        try (Stream<Path> files = Files.list(secrets)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            List<String> open = all.stream().filter(MachineLooks::isOpen).map(Path::toString).toList();
            List<String> closed = all.stream().filter(file -> !Files.isReadable(file)).map(Path::toString).toList();
            if (!closed.isEmpty()) {
                return Finding.trouble("permissions", "This user cannot read " + String.join(", ", closed) + ".",
                        "Run the server as the user who owns the data folder, or give it the folder (chown -R).");
            }
            return open.isEmpty() ? Finding.ok("permissions", "The " + all.size() + " keys and secrets are closed to others.")
                    : Finding.trouble("permissions", "Other users may read or change " + String.join(", ", open) + ".",
                            "chmod 600, and replace what somebody may have read, as docs/operations.md says.");
        } catch (IOException e) {
            return Finding.trouble("permissions", "The folder " + secrets + " cannot be read.", "Run this as the server's user.");
        }
    }

    /** H2's own file is as open as the umask lets it be: the folder is what keeps others out. */
    private boolean isEnteredByOthers() {
        try {
            return Files.getPosixFilePermissions(folder.root()).contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean isOpen(Path file) {
        try {
            return SecretFile.isOpenToOthers(file);
        } catch (IOException e) {
            // nobody can vouch for it
            return true;
        }
    }

    private Finding port() {
        Settings read = settings.get();
        int port = read.wholeNumber("wallwhale.http.port", 1, 65_535);
        String address = read.text("wallwhale.http.address").orElse("127.0.0.1");
        if (!read.faults().isEmpty()) {
            return Finding.unknown("port", "Which one is not told.");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return Finding.ok("port", port + " is free at " + address + ".");
        } catch (IOException e) {
            return isServing() ? Finding.ok("port", "A WallWhale Server answers at port " + port + ".")
                    : Finding.trouble("port", CheckSettings.cannotListen(address, port, String.valueOf(e.getMessage())),
                            "Stop what listens there, or set WALLWHALE_HTTP_PORT to another port.");
        }
    }

    private Finding database() {
        Settings read = settings.get();
        DatabaseConfig config = new DatabaseConfig(read);
        String url = config.isH2() ? config.url() + ";IFEXISTS=TRUE" : config.url();
        String kind = config.isH2() ? "H2" : "PostgreSQL";
        try (Connection connection = WallwhaleDataSource.open(config.at(url)).getConnection()) {
            return Finding.ok("database", kind + " " + connection.getMetaData().getDatabaseProductVersion() + " answers.");
        } catch (SQLException e) {
            if (WallwhaleDataSource.isAbsentH2(e)) {
                return Finding.ok("database", "There is no H2 file yet: the first start makes it.");
            }
            if (WallwhaleDataSource.isInUse(e) && isServing()) {
                return Finding.ok("database", "The running server has the H2 file open, as it must.");
            }
            return Finding.trouble("database", kind + " cannot be opened: " + WallwhaleDataSource.inPlainWords(e),
                    "Look whether it runs, and at WALLWHALE_DB_URL, WALLWHALE_DB_USER and WALLWHALE_DB_PASSWORD.");
        }
    }

    /** Nobody can be asked where the settings do not say how. */
    private boolean isServing() {
        try {
            return ServerClient.here(settings.get()).isReady();
        } catch (CommandFailure e) {
            return false;
        }
    }
}
