package org.wallwhale.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/**
 * What a command line said, and its exit code.
 *
 * @param out standard output, without what is written to it past the command line
 */
record CommandRun(int code, String out, String err) {
    /** As {@link Main} runs it, with {@code settings} such as {@code wallwhale.url} and no terminal. */
    static CommandRun of(Map<String, String> settings, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        settings.forEach(System::setProperty);
        try {
            int code = Main.line(new Main()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
            return new CommandRun(code, out.toString(), err.toString());
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }
}
