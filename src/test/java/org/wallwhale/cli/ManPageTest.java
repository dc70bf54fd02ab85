package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class ManPageTest {
    @Test
    void everyCommandIsInTheManualPageAndInTheCompletion() {
        String page = printed("man");
        String completion = printed("completion", "zsh");
        assertThat(page).startsWith(".TH WALLWHALE 1 ").contains(".SS wallwhale download ", ".SS wallwhale audit verify ", "\\-\\-no\\-zip", "\\-\\-chaos")
                .doesNotContain("check\\-settings", "${");
        assertThat(page.lines()).noneMatch(line -> line.startsWith("'"));
        commands(Main.all()).forEach(command -> {
            if (command.getSubcommands().isEmpty()) {
                assertThat(page).contains(".SS " + ManPage.roff(command.getCommandSpec().qualifiedName()));
            }
            assertThat(completion).contains(command.getCommandName());
        });
    }

    @Test
    void textIsTextInTheManualPage() {
        assertThat(ManPage.roff(".SH 'x'")).isEqualTo("\\&.SH 'x'");
        assertThat(ManPage.roff("'tis a \\ -b\nc")).isEqualTo("\\&'tis a \\e \\-b c");
    }

    @Test
    void everyCommandHasHelpWithAnExample() {
        List<CommandLine> all = commands(Main.all()).filter(command -> command.getSubcommands().isEmpty()).toList();
        assertThat(all).hasSizeGreaterThan(10);
        List<String> withoutExample = all.stream().filter(command -> !command.getUsageMessage().contains("Examples:")).map(CommandLine::getCommandName).toList();
        assertThat(withoutExample).isSubsetOf("help", "verify");
    }

    @Test
    void everyParameterIsNamedInCapitals() {
        List<String> labels = commands(Main.all()).flatMap(command -> command.getCommandSpec().args().stream())
                .filter(argument -> !argument.hidden() && argument.arity().max() > 0).map(ArgSpec::paramLabel).toList();
        assertThat(labels).hasSizeGreaterThan(80).allMatch(label -> label.matches("[A-Z]+([|:@\\[\\]]+[A-Z]+)*]*"));
    }

    @Test
    void whoMistypesACommandOfTheLauncherIsToldItsName() {
        for (Map.Entry<String, String> mistyped : Map.of("serv", "serve", "chekc", "check", "hosst", "host", "devv", "dev").entrySet()) {
            StringWriter err = new StringWriter();
            assertThat(Main.all().setErr(new PrintWriter(err, true)).execute(mistyped.getKey())).isEqualTo(CommandFailure.USAGE);
            assertThat(err.toString()).containsPattern("Did you mean: .*wallwhale " + mistyped.getValue() + "\\b");
        }
    }

    private static Stream<CommandLine> commands(CommandLine above) {
        return above.getSubcommands().values().stream().filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .flatMap(command -> Stream.concat(Stream.of(command), commands(command)));
    }

    private static String printed(String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(Main.all().setOut(new PrintWriter(out, true)).execute(arguments)).isZero();
        return out.toString();
    }
}
