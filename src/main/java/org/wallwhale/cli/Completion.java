package org.wallwhale.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
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
    private static final String NO_FILES = "  type compopt &>/dev/null && compopt +o default\n";
    /** Bash takes what follows an @ for a word of its own, and for a host. */
    private static final String LISTS = """
              if [[ "${prev_word}" == "@" || "${curr_word}" == @?* ]]; then
                local IFS=$'\\n' before=""
                [[ "${prev_word}" == "@" ]] || before="@"
                type compopt &>/dev/null && compopt -o filenames
                COMPREPLY=( $( compgen -P "${before}" -f -- "${curr_word#@}" ) )
                return
              fi
            """;
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
        String script = AutoComplete.bash("wallwhale", command.root().commandLine());
        command.commandLine().getOut().print(withFiles(script, command.root()));
        command.commandLine().getOut().flush();
        return 0;
    }

    /** Where a parameter may be a file among other things, the shell completes files; picocli does so only where it can be nothing else. */
    private static String withFiles(String script, CommandSpec above) {
        String found = script;
        for (CommandLine below : above.subcommands().values()) {
            CommandSpec each = below.getCommandSpec();
            boolean mayBeFile = each.positionalParameters().stream().anyMatch(one -> one.paramLabel().matches(".*FILE\\|.*|.*\\|@?FILE"));
            found = mayBeFile ? withFiles(found, "_picocli_" + each.qualifiedName("_") + "()") : withFiles(found, each);
        }
        return found;
    }

    private static String withFiles(String script, String function) {
        int begin = script.indexOf("function " + function);
        int end = begin + script.substring(begin).indexOf("\n}\n");
        return script.substring(0, begin) + script.substring(begin, end).replace(NO_FILES, LISTS) + script.substring(end);
    }
}
