package org.wallwhale.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The help of a command, whatever groups it is in; picocli's own stops at the first. */
@Command(name = "help", description = "Tells how a command is used.", mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  wallwhale help share create"})
final class HelpCommand implements Callable<Integer> {
    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command, with its group; all of them without it.")
    private List<String> names = new ArrayList<>();
    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandLine found = command.root().commandLine();
        for (String name : names) {
            CommandLine next = found.getSubcommands().get(name);
            if (next == null) {
                throw new UnmatchedArgumentException(found, List.of(name));
            }
            found = next;
        }
        found.usage(command.commandLine().getOut());
        return 0;
    }
}
