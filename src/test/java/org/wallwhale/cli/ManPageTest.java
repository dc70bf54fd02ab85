package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

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
