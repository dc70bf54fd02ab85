package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.wallwhale.config.Settings;

/** Runs a command as {@link Main} does, without a terminal, and keeps what it prints. */
final class Commands {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The defaults with these changes; read anew at each call. */
    static Settings settings(Map<String, String> changes) {
        Map<String, String> known = new HashMap<>(changes);
        return new Settings(key -> text(known, key));
    }

    static Optional<String> text(Map<String, String> changes, String key) {
        Properties defaults = new Properties();
        try (InputStream file = Commands.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            defaults.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.ofNullable(changes.getOrDefault(key, defaults.getProperty(key)));
    }

    /** Returns the exit code. */
    int run(Object command, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.line(command).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** The one value that standard output has. */
    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out());
    }
}
