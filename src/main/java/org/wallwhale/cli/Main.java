package org.wallwhale.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.wallwhale.cluster.Instance;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The commands behind {@code ./wallwhale}, other than those of the launcher itself. Exit codes: 0 ok, 1 failed, 2 wrong use, 3 settings,
 * 4 not reachable, 5 not allowed. Whatever fails is a sentence with a cure on standard error.
 */
@Command(name = "wallwhale", description = "WallWhale Server: downloads Steam Workshop items with your own accounts.",
        subcommands = {Download.class, Login.class, Logout.class, Remote.class, KeyCommand.class, AccountCommand.class, UserCommand.class,
            ShareCommand.class, Host.class, Audit.class, Cert.class, SecretCommand.class, EngineCommand.class, Config.class, HealthCommand.class, Doctor.class,
            Backup.class, Restore.class, Completion.class, ManPage.class, CheckSettings.class, Welcome.class, HelpCommand.class}, mixinStandardHelpOptions = true,
        footer = {"", "Settings are environment variables, such as WALLWHALE_HTTP_PORT=9090; see docs/operations.md."})
public final class Main {
    private static final int LINE = 110;
    /** Of the mode of a file, as POSIX has it. */
    private static final int KIND = 0170000;
    private static final int FIFO = 0010000;
    private static final int SOCKET = 0140000;
    static final List<String> EXIT_CODES = List.of("ok", "failed", "wrong use: what was named is wrong, not there, or there already", "a setting is missing or wrong",
            "a server cannot be reached", "not allowed");

    public static void main(String[] arguments) {
        // what rooms log is for a server's log; of its warnings people here get the sentence alone
        System.setProperty("java.util.logging.SimpleFormatter.format", "%5$s%n");
        Logger.getLogger("").setLevel(Level.WARNING);
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        CommandLine line = all();
        int code = line.execute(arguments);
        line.getOut().flush();
        System.exit(ended(code, System.out, isPipe() ? null : System.err));
    }

    /**
     * Print streams keep silent about a full disk.
     *
     * @param err null where nothing is to be said, because a reader had enough
     */
    static int ended(int code, PrintStream out, PrintStream err) {
        if (!out.checkError()) {
            return code;
        }
        if (err != null) {
            err.println("Standard output could not be written to its end: make room.");
        }
        return code == 0 ? CommandFailure.FAILED : code;
    }

    /** Whether standard output goes to another program, which may go on without reading it to its end, as head does. */
    static boolean isPipe() {
        try {
            int kind = (int) Files.getAttribute(Path.of("/dev/fd/1"), "unix:mode") & KIND;
            return kind == FIFO || kind == SOCKET;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    /** All commands, those of the launcher with them. */
    static CommandLine all() {
        CommandLine line = new CommandLine(new Main());
        LauncherCommand.all().forEach(command -> line.addSubcommand(command.name(), command));
        return prepared(line);
    }

    /** A command line whose failures are sentences and exit codes. */
    static CommandLine line(Object command) {
        return prepared(new CommandLine(command));
    }

    private static CommandLine prepared(CommandLine line) {
        line.setExecutionExceptionHandler((thrown, failing, result) -> failed(failing, thrown))
                .setParameterExceptionHandler((thrown, arguments) -> misused(thrown)).setExpandAtFiles(false);
        Typed.by(line);
        complete(line);
        return line;
    }

    /** What all commands say alike. */
    private static void complete(CommandLine line) {
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        // examples stay on one line
        usage.width(LINE);
        line.getCommandSpec().version("WallWhale Server " + Instance.version());
        if (usage.exitCodeList().isEmpty() && line.getSubcommands().isEmpty()) {
            usage.exitCodeListHeading("%nExit codes:%n");
            Map<String, String> codes = new LinkedHashMap<>();
            EXIT_CODES.forEach(meaning -> codes.put(" " + codes.size(), meaning));
            usage.exitCodeList(codes);
        }
        line.getSubcommands().values().forEach(Main::complete);
    }

    private static int misused(ParameterException thrown) {
        CommandLine command = thrown.getCommandLine();
        command.getErr().println(Terminal.clean(thrown.getMessage().strip().replaceAll("\\.?$", "")) + "; see "
                + command.getCommandSpec().qualifiedName() + " --help.");
        UnmatchedArgumentException.printSuggestions(thrown, command.getErr());
        return CommandFailure.USAGE;
    }

    private static int failed(CommandLine command, Exception thrown) {
        if (thrown instanceof CommandFailure failure) {
            failure.getMessage().lines().map(Terminal::clean).forEach(command.getErr()::println);
            return failure.exitCode();
        }
        command.getErr().println("The command failed unexpectedly: " + Terminal.clean(String.valueOf(thrown)));
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
