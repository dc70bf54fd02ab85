package org.wallwhale.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.wallwhale.secret.Secret;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What a command prints, and for whom. Results go to standard output: lines for people, or with {@code --json} one JSON value and nothing
 * else. Progress and remarks go to standard error. What is printed loses its control characters, which a terminal would obey: it may come
 * from Steam, from a server or from a file. A command takes it in as a mixin.
 */
final class Terminal {
    static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();
    /** With the marks that turn the direction of writing, and the line breaks that are no control characters. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]");
    private final boolean inIsTerminal;
    private final BufferedReader typed = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final boolean colours;
    @Option(names = "--json", description = "Print one JSON value, for scripts.")
    private boolean json;
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    Terminal() {
        this(isTerminal(0), isTerminal(1), isTerminal(2), System.getenv("NO_COLOR"));
    }

    /** {@code noColor} as in the variable of that name: any text switches colours off. */
    Terminal(boolean inIsTerminal, boolean outIsTerminal, boolean errIsTerminal, String noColor) {
        this.inIsTerminal = inIsTerminal;
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
        this.colours = outIsTerminal && (noColor == null || noColor.isEmpty());
    }

    /** Java tells of standard input and output together only; Linux of each. */
    private static boolean isTerminal(int descriptor) {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd", String.valueOf(descriptor))).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    boolean isJson() {
        return json;
    }

    /** A line of the result for people; nothing with {@code --json}. */
    void say(String line) {
        if (!json) {
            out().println(clean(line));
        }
    }

    /** The same with its parts in their colours. */
    void say(Styled... parts) {
        if (!json) {
            out().println(Stream.of(parts).map(this::shown).collect(Collectors.joining()));
        }
    }

    /** The result for scripts; nothing without {@code --json}. */
    void value(Object value) {
        if (json) {
            try {
                // the writer escapes those below U+0020 alone
                out().println(UNPRINTABLE.matcher(JSON.writeValueAsString(value))
                        .replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0))));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** False once nobody, or a full disk, takes what is printed. */
    boolean isTaken() {
        return !out().checkError();
    }

    /** A {@link CommandFailure} once nothing is {@link #isTaken}, for what goes on until somebody ends it; {@link Main} says the rest. */
    void requireReader() {
        if (!isTaken()) {
            throw new CommandFailure(CommandFailure.FAILED, "");
        }
    }

    /** A remark on standard error. */
    void note(String line) {
        command.commandLine().getErr().println(clean(line));
        command.commandLine().getErr().flush();
    }

    /** Rows below their heads, in columns as wide as they need; nothing with {@code --json}. */
    void table(List<String> heads, List<List<String>> rows) {
        int[] widths = IntStream.range(0, heads.size()).map(i -> Math.max(heads.get(i).length(),
                rows.stream().mapToInt(row -> clean(row.get(i)).length()).max().orElse(0))).toArray();
        say(new Styled(row(heads, widths), Style.BOLD));
        rows.forEach(row -> say(row(row, widths)));
    }

    private static String row(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = clean(cells.get(i));
            line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }

    /** On standard error, so that it is seen when standard output goes to a file. */
    ProgressBar bar() {
        return new ProgressBar(command.commandLine().getErr(), errIsTerminal);
    }

    /** The same for several downloads. */
    Bars bars() {
        return new Bars(command.commandLine().getErr(), errIsTerminal);
    }

    Patience patience() {
        return new Patience(command.commandLine().getErr(), errIsTerminal);
    }

    /** Asks a person, without echo. {@code cure} tells what to do where there is no terminal. */
    Secret askSecret(String question, String cure) {
        requireQuestions(question, cure);
        char[] answer = System.console().readPassword("%s", clean(question) + ": ");
        if (answer == null || answer.length == 0) {
            throw new CommandFailure(CommandFailure.USAGE, "Nothing was entered. " + cure);
        }
        return Secret.of(new String(answer));
    }

    /** A {@link CommandFailure} where {@link #askSecret} could not ask: without echo, both input and output must be the terminal. */
    void requireQuestions(String question, String cure) {
        if (!canAskSecret()) {
            throw new CommandFailure(CommandFailure.USAGE, "There is no terminal to ask at for " + clean(question) + ". " + cure);
        }
    }

    /** From JDK 22 on there is a console without a terminal, too. */
    boolean canAskSecret() {
        return System.console() != null && inIsTerminal && outIsTerminal;
    }

    /** The same without a cure, where {@link #canAskSecret}: empty at the end of the input. */
    Optional<String> readSecret(String question) {
        return Optional.ofNullable(System.console().readPassword("%s", clean(question) + ": ")).map(typed -> new String(typed).strip());
    }

    /** Whether somebody could type an answer that is seen. */
    boolean canAsk() {
        return inIsTerminal;
    }

    /** Asks a person, on standard error; what is entered is seen. Empty for a bare line end. */
    String ask(String question, String cure) {
        if (!canAsk()) {
            throw new CommandFailure(CommandFailure.USAGE, "There is no terminal to ask at for " + clean(question) + ". " + cure);
        }
        command.commandLine().getErr().print(clean(question) + ": ");
        command.commandLine().getErr().flush();
        return readLine().orElse("");
    }

    /** What a person types next, until the end of the line; empty at the end of the input. */
    Optional<String> readLine() {
        try {
            return Optional.ofNullable(typed.readLine()).map(String::strip);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@code text} on one line, and nothing in it that a terminal would obey. */
    static String clean(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    private String shown(Styled part) {
        return colours ? part.style.code + clean(part.text) + Style.PLAIN.code : clean(part.text);
    }

    /** What a part of a line says by its colour, which the words say as well. */
    enum Style {
        PLAIN("\u001b[0m"), BOLD("\u001b[1m"), GOOD("\u001b[32m"), WARNING("\u001b[33m"), BAD("\u001b[31m");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    /** A part of a line. */
    record Styled(String text, Style style) {
    }
}
