package org.wallwhale.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script, made from the commands themselves. */
@Command(name = "completion", mixinStandardHelpOptions = true,
        description = {"Prints a script that completes commands and options in bash or zsh.", ""},
        footer = {"", "Examples:", "  source <(wallwhale completion bash)", "  wallwhale completion zsh > ~/.wallwhale-completion && echo "
            + "'source ~/.wallwhale-completion' >> ~/.zshrc"})
final class Completion implements Callable<Integer> {
    @Spec
    private CommandSpec command;
    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell;

    /** Which are completed; one script finds out by itself which of them it runs in. */
    enum Shell {
        bash, zsh
    }

    @Override
    public Integer call() {
        command.commandLine().getOut().print(AutoComplete.bash("wallwhale", command.root().commandLine()));
        command.commandLine().getOut().flush();
        return 0;
    }
}
