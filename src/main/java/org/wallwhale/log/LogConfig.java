package org.wallwhale.log;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.wallwhale.config.Settings;

/** In which form this application logs. */
@Dependent
public class LogConfig {
    private final boolean json;

    @Inject
    public LogConfig(Settings settings) {
        json = settings.onOff("wallwhale.log.json");
    }

    /** Lines of JSON on standard output, instead of text in the server's own log. */
    boolean json() {
        return json;
    }
}
