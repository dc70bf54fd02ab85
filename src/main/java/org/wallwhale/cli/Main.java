package org.wallwhale.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.wallwhale.cluster.Instance;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The commands behind {@code ./wallwhale}, other than {@code serve} and {@code check}. Exit codes: 0 ok, 1 failed, 2 wrong use, 3 settings,
 * 4 not reachable, 5 not allowed. Whatever fails is a sentence with a cure on standard error.
 */
@Command(name = "wallwhale", description = "WallWhale Server: downloads Steam Workshop items with your own accounts.",
        subcommands = {CheckSettings.class, Welcome.class, Audit.class, Cert.class, HelpCommand.class}, mixinStandardHelpOptions = true,
        footer = {"", "From a checkout there are also:", "  serve    Starts the server.", "  check    Runs the tests.", "",
            "Settings are environment variables, such as WALLWHALE_HTTP_PORT=9090; see docs/operations.md."})
public final class Main {
    private static final List<String> EXIT_CODES = List.of("ok", "failed", "wrong use", "a setting is missing or wrong",
            "a server cannot be reached", "not allowed");

    public static void main(String[] arguments) {
        // what rooms log is for a server's log; of its warnings people here get the sentence alone
        System.setProperty("java.util.logging.SimpleFormatter.format", "%5$s%n");
        Logger.getLogger("").setLevel(Level.WARNING);
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(line(new Main()).execute(arguments));
    }

    /** A command line whose failures are sentences and exit codes. */
    static CommandLine line(Object command) {
        CommandLine line = new CommandLine(command).setExecutionExceptionHandler((thrown, failing, result) -> failed(failing, thrown))
                .setParameterExceptionHandler((thrown, arguments) -> misused(thrown));
        complete(line);
        return line;
    }

    /** What all commands say alike. */
    private static void complete(CommandLine line) {
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
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
