package org.wallwhale.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.wallwhale.cluster.Instance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Prints the manual page, made from the commands themselves, in the language of man(7). */
@Command(name = "man", mixinStandardHelpOptions = true,
        description = {"Prints the manual page wallwhale(1).", ""},
        footer = {"", "Examples:", "  man -l <(wallwhale man)", "  wallwhale man > /usr/local/share/man/man1/wallwhale.1"})
final class ManPage implements Callable<Integer> {
    @Spec
    private CommandSpec command;
    private PrintWriter out;

    @Override
    public Integer call() {
        out = command.commandLine().getOut();
        CommandSpec root = command.root();
        out.println(".TH WALLWHALE 1 \"\" \"WallWhale Server " + Instance.version() + "\" \"User Commands\"");
        section("NAME");
        out.println("wallwhale \\- download Steam Workshop items, and look after a WallWhale Server");
        section("SYNOPSIS");
        out.println(".B wallwhale\n.I COMMAND\n[\\fIOPTIONS\\fR]");
        section("DESCRIPTION");
        paragraphs(root.usageMessage().description());
        section("COMMANDS");
        commands(root).filter(each -> each.subcommands().values().stream().allMatch(below -> below.getCommandSpec().usageMessage().hidden())
                || each.subcommands().isEmpty()).forEach(this::describe);
        section("EXIT STATUS");
        for (int code = 0; code < Main.EXIT_CODES.size(); code++) {
            item(String.valueOf(code), Main.EXIT_CODES.get(code));
        }
        section("ENVIRONMENT");
        item("NO_COLOR", "Any text switches colours off.");
        item("WALLWHALE_*", "The settings; wallwhale config show lists them, with what they mean in --json.");
        section("SEE ALSO");
        out.println("docs/cli.md and docs/operations.md of the project.");
        out.flush();
        return 0;
    }

    /** All that are shown, each before those below it. */
    private static Stream<CommandSpec> commands(CommandSpec above) {
        return above.subcommands().values().stream().map(line -> line.getCommandSpec()).distinct().filter(each -> !each.usageMessage().hidden())
                .flatMap(each -> Stream.concat(Stream.of(each), commands(each)));
    }

    private void describe(CommandSpec each) {
        String synopsis = new Help(each, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0).replaceAll("\\s+", " ").strip();
        out.println(".SS " + roff(synopsis));
        paragraphs(each.usageMessage().description());
        each.positionalParameters().stream().filter(parameter -> !parameter.hidden())
                .forEach(parameter -> item(parameter.paramLabel(), text(parameter)));
        each.options().stream().filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
                .forEach(option -> item(label(option), text(option)));
        List<String> footer = Arrays.stream(each.usageMessage().footer()).filter(line -> !line.isBlank()).toList();
        if (!footer.isEmpty()) {
            out.println(".PP\n" + roff(footer.get(0)) + "\n.PP\n.nf");
            // picocli formats it, which %% is for
            footer.stream().skip(1).forEach(line -> out.println(roff(line.replace("%%", "%"))));
            out.println(".fi");
        }
    }

    private static String label(OptionSpec option) {
        String label = String.join(", ", option.names());
        return option.arity().max() == 0 ? label : label + "=" + option.paramLabel();
    }

    private static String text(ArgSpec argument) {
        return String.join(" ", argument.description()).replace("${COMPLETION-CANDIDATES}", argument.completionCandidates() == null ? ""
                : String.join(", ", argument.completionCandidates()));
    }

    private void section(String name) {
        out.println(".SH " + name);
    }

    private void paragraphs(String... lines) {
        Stream.of(lines).filter(line -> !line.isBlank()).forEach(line -> out.println(".PP\n" + roff(line)));
    }

    private void item(String label, String text) {
        out.println(".TP\n.B " + roff(label) + "\n" + roff(text));
    }

    /** Neither a line break nor a character with a meaning of its own at the start or within. */
    static String roff(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-").replaceAll("\\R", " ");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
