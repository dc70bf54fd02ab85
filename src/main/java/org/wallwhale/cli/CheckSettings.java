package org.wallwhale.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import org.wallwhale.database.DatabaseConfig;
import org.wallwhale.database.WallwhaleDataSource;
import org.wallwhale.server.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says everything that would keep a server from starting here, at once; if nothing would, prints its data folder. */
@Command(name = "check-settings", description = "Says everything that would keep a server from starting here, or prints its data folder.",
        hidden = true, mixinStandardHelpOptions = true)
final class CheckSettings implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        Settings settings = LocalSettings.read();
        List<String> faults = new ArrayList<>(Configuration.faults(settings, System.getenv().keySet(),
                System.getProperty("sun.jnu.encoding", "UTF-8")));
        if (faults.isEmpty()) {
            listener(settings, faults);
            database(new DatabaseConfig(settings), faults);
        }
        if (!faults.isEmpty()) {
            throw new CommandFailure(CommandFailure.SETTINGS,
                    "The server cannot start:\n  " + String.join("\n  ", faults));
        }
        command.commandLine().getOut().println(new DataFolder(settings).root());
        return 0;
    }

    private static void listener(Settings settings, List<String> faults) {
        int port = settings.wholeNumber("wallwhale.http.port", 1, 65_535);
        String address = settings.text("wallwhale.http.address").orElse("127.0.0.1");
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            faults.add(cannotListen(address, port, String.valueOf(e.getMessage())));
        }
    }

    /** By the system's own message, in English as long as the locale is. */
    static String cannotListen(String address, int port, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("in use")) {
            return "WALLWHALE_HTTP_PORT " + port + " is taken at " + address
                    + ": is another server running? Stop it, or choose another port.";
        }
        if (lower.contains("permission")) {
            return "WALLWHALE_HTTP_PORT " + port + " may not be listened on by this user: choose a port from 1024 on, "
                    + "and put a reverse proxy before it if it must be " + port + ".";
        }
        if (lower.contains("assign") || lower.contains("unresolved")) {
            return "WALLWHALE_HTTP_ADDRESS " + address + " is no address of this machine: "
                    + "choose 127.0.0.1 for this machine only, or 0.0.0.0 for all its addresses.";
        }
        return "WALLWHALE_HTTP_PORT " + port + " cannot be listened on at " + address + " (" + message + ").";
    }

    private static void database(DatabaseConfig config, List<String> faults) {
        String url = config.isH2() ? config.url() + ";IFEXISTS=TRUE" : config.url();
        try (Connection connection = WallwhaleDataSource.open(config.at(url)).getConnection()) {
            if (!connection.isValid(5)) {
                faults.add("WALLWHALE_DB_URL names a database that does not answer.");
            }
        } catch (SQLException e) {
            if (!WallwhaleDataSource.isAbsentH2(e)) {
                faults.add("The database cannot be opened: " + WallwhaleDataSource.inPlainWords(e));
            }
        }
    }
}
