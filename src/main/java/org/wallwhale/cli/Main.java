package org.wallwhale.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands behind {@code ./wallwhale}. Exit codes: 0 ok, 1 failed, 2 wrong use, 3 settings, 4 not reachable, 5 not allowed. */
@Command(name = "wallwhale", description = "WallWhale Server: downloads Steam Workshop items with your own accounts.",
        subcommands = {CheckSettings.class, Welcome.class, Audit.class}, mixinStandardHelpOptions = true)
public final class Main {
    public static void main(String[] arguments) {
        System.exit(line(new Main()).execute(arguments));
    }

    /** A command line whose failures are sentences and exit codes. */
    static CommandLine line(Object command) {
        return new CommandLine(command).setExecutionExceptionHandler((thrown, failing, result) -> failed(failing, thrown));
    }

    private static int failed(CommandLine command, Exception thrown) {
        if (thrown instanceof CommandFailure failure) {
            command.getErr().println(failure.getMessage());
            return failure.exitCode();
        }
        command.getErr().println("The command failed unexpectedly: " + thrown);
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
