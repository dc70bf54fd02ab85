package org.wallwhale.log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Logger;

/** Stands between what this application logs and the server's log, from the start to the stop. */
@ApplicationScoped
public class LogOutput {
    /** Held, because java.util.logging forgets loggers that nobody holds, with their handlers. */
    private final Logger ours = Logger.getLogger("org.wallwhale");
    private LogConfig config;
    private Handler handler;

    LogOutput() {
    }

    @Inject
    LogOutput(LogConfig config) {
        this.config = config;
    }

    public void open() {
        handler = config.json() ? new JsonLines(standardOutput()) : new ContextNote();
        ours.addHandler(handler);
        ours.setUseParentHandlers(!config.json());
    }

    /** Not {@code System.out}, of which WildFly makes lines of its own log. */
    private static PrintStream standardOutput() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    /** The server would keep the application in memory otherwise. */
    public void close() {
        if (handler != null) {
            ours.setUseParentHandlers(true);
            ours.removeHandler(handler);
            handler = null;
        }
    }
}
