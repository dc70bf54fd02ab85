package org.wallwhale.sandbox;

import java.nio.file.Path;

/**
 * What every part of a run needs.
 *
 * @param home the value of HOME, or null
 */
record Stage(Console console, Journal journal, Script script, Options options, Path home) {
    boolean plays(Scenario scenario) {
        return script.plays(scenario);
    }

    /** Says that the app was not completely downloaded. */
    Exit cancelled() {
        console.line("App ", options.app(), " was not completely downloaded.");
        console.line("The operation was canceled.");
        console.line("Disconnected from Steam");
        return new Exit(1);
    }
}
