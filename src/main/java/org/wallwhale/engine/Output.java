package org.wallwhale.engine;

import java.io.IOException;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** All that one child prints: read as far as it is there, understood, and passed on to people. */
final class Output {
    private final List<Pipe> pipes;
    private final OutputParser parser = new OutputParser();
    private final LogLines log;
    private final Consumer<OutputParser.Sign> signs;

    /** {@code lines} takes what people may see, {@code signs} what each line means. */
    Output(Fetch fetch, GuardedChild child, Consumer<String> lines, Consumer<OutputParser.Sign> signs) {
        this.pipes = List.of(new Pipe(child, Source.OUT), new Pipe(child, Source.ERR));
        this.log = new LogLines(fetch, lines, System::nanoTime);
        this.signs = signs;
    }

    /** Whether anything was there to be read. */
    boolean read() throws IOException {
        boolean any = false;
        for (Pipe pipe : pipes) {
            any |= pipe.read(line -> line(pipe.source(), line));
        }
        return any;
    }

    /** Offers what may be questions; one that is taken up becomes a line. */
    void offerQuestions(BiPredicate<Source, String> takesUp, long now) {
        for (Pipe pipe : pipes) {
            pipe.question(now).filter(text -> takesUp.test(pipe.source(), text)).ifPresent(text -> finishLine(pipe));
        }
    }

    /** The child is gone: reads what is left. */
    void end() throws IOException {
        read();
        pipes.forEach(this::finishLine);
        log.end();
    }

    OutputParser parser() {
        return parser;
    }

    /** {@code text} without secrets and paths. */
    String clean(String text) {
        return log.clean(text);
    }

    private void finishLine(Pipe pipe) {
        pipe.finishLine(line -> line(pipe.source(), line));
    }

    private void line(Source source, String line) {
        OutputParser.Sign sign = parser.read(source, line);
        log.accept(line, sign == OutputParser.Sign.TROUBLE);
        signs.accept(sign);
    }
}
