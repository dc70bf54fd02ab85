package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class TerminalTest {
    private static final String HOSTILE = "a\u001b[2Jb\u009bc\u202ed\ne";
    private final StringWriter shown = new StringWriter();
    private final StringWriter complained = new StringWriter();

    @Test
    void peopleGetLinesAndScriptsOneValue() throws IOException {
        run(new Terminal(false, false, false, null));
        assertThat(shown.toString().lines()).containsExactly("good line", "NAME   SIZE", "one    1", "three  33333", "it is fine");
        shown.getBuffer().setLength(0);
        run(new Terminal(false, false, false, null), "--json");
        assertThat(new ObjectMapper().readTree(shown.toString()).path("name").asText()).isEqualTo("one");
        assertThat(shown.toString().lines()).hasSize(1);
        assertThat(complained.toString().lines()).containsExactly("a remark", "a remark");
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        run(new Terminal(false, true, true, ""));
        assertThat(shown.toString()).contains("\u001b[32mfine\u001b[0m");
        for (Terminal plain : List.of(new Terminal(false, true, true, "1"), new Terminal(false, false, true, null))) {
            shown.getBuffer().setLength(0);
            run(plain);
            assertThat(shown.toString()).doesNotContain("\u001b");
        }
    }

    @Test
    void aTerminalObeysNothingThatComesFromOthers() throws IOException {
        assertThat(Terminal.clean(HOSTILE)).isEqualTo("a?[2Jb?c?d?e");
        Terminal terminal = new Terminal(false, true, true, null);
        CommandLine line = new CommandLine(new Told(terminal, HOSTILE)).setOut(new PrintWriter(shown, true)).setErr(new PrintWriter(complained, true));
        line.execute("--json");
        assertThat(shown.toString().strip()).matches("\\p{ASCII}*").doesNotContain("\u001b");
        assertThat(new ObjectMapper().readTree(shown.toString()).path("name").asText()).isEqualTo(HOSTILE);
    }

    @Test
    void whatIsAskedWithoutATerminalIsWrongUseWithItsCure() {
        CommandLine line = Main.line(new Asking()).setErr(new PrintWriter(complained, true));
        assertThat(line.execute()).isEqualTo(2);
        assertThat(complained.toString()).contains("There is no terminal to ask at for Password. Set it elsewhere.");
    }

    @Test
    void wrongUseIsASentenceThatNamesTheHelp() {
        CommandLine line = Main.line(new Main()).setErr(new PrintWriter(complained, true));
        assertThat(line.execute("audti")).isEqualTo(2);
        assertThat(complained.toString()).startsWith("Unmatched argument at index 0: 'audti'; see wallwhale --help.").contains("wallwhale audit");
        assertThat(line.execute()).isEqualTo(2);
    }

    @Test
    void whatCouldNotBePrintedIsNoSuccess() {
        PrintStream full = new PrintStream(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        full.println("lost");
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        assertThat(Main.ended(0, full, new PrintStream(told, true))).isEqualTo(1);
        assertThat(told.toString()).startsWith("Standard output could not be written to its end");
        assertThat(Main.ended(0, full, null)).isEqualTo(1);
        assertThat(Main.ended(5, full, new PrintStream(told, true))).isEqualTo(5);
        assertThat(Main.ended(0, new PrintStream(told), new PrintStream(told))).isZero();
    }

    @Test
    void everyCommandSaysItsExitCodes() {
        CommandLine audit = Main.line(new Main()).getSubcommands().get("check-settings");
        assertThat(audit.getUsageMessage()).contains("Exit codes:", "3   a setting is missing or wrong", "5   not allowed");
    }

    private void run(Terminal terminal, String... arguments) {
        new CommandLine(new Told(terminal, "one")).setOut(new PrintWriter(shown, true)).setErr(new PrintWriter(complained, true)).execute(arguments);
    }

    @Command(name = "told")
    static final class Told implements Runnable {
        @Mixin
        private Terminal terminal;
        private final String name;

        Told(Terminal terminal, String name) {
            this.terminal = terminal;
            this.name = name;
        }

        @Override
        public void run() {
            terminal.say("good line");
            terminal.table(List.of("NAME", "SIZE"), List.of(List.of(name, "1"), List.of("three", "33333")));
            terminal.say(new Terminal.Styled("it is ", Terminal.Style.PLAIN), new Terminal.Styled("fine", Terminal.Style.GOOD));
            terminal.note("a remark");
            terminal.value(Map.of("name", name));
        }
    }

    @Command(name = "asking")
    static final class Asking implements Runnable {
        @Mixin
        private Terminal terminal = new Terminal(false, false, false, null);

        @Override
        public void run() {
            terminal.askSecret("Password", "Set it elsewhere.");
        }
    }
}
