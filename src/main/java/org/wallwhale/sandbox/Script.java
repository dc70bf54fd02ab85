package org.wallwhale.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The chosen scenario with its knobs, written {@code scenario;knob=value;knob=value}. First match: the environment's
 * {@code WALLWHALE_SANDBOX_SCENARIO}, the item's line {@code id=script} in the file {@code WALLWHALE_SANDBOX_MAP} names, the last
 * two digits of the id. A knob that the script does not set is {@code WALLWHALE_SANDBOX_<KNOB>}.
 *
 * <p>Knobs: {@code files}, {@code size} (bytes of the item), {@code delay_ms} (between two chunks or tries), {@code seed},
 * {@code depot}, {@code manifest}, {@code cell}, {@code licenses}, {@code timeout} (seconds the approval waits), {@code approve}.
 */
final class Script {
    private static final String PREFIX = "WALLWHALE_SANDBOX_";

    private final Scenario scenario;
    private final String[] settings;

    private Script(String text) {
        settings = text.split(";");
        scenario = Scenario.called(settings[0].trim());
        if (scenario == null) {
            throw new IllegalArgumentException(Console.joined("No scenario is called '", settings[0], "'.").toString());
        }
    }

    private Script(Scenario scenario) {
        this.scenario = scenario;
        this.settings = new String[] {""};
    }

    /** Fails with an IllegalArgumentException that says what is wrong with the script. */
    static Script choose(Options options) {
        String named = System.getenv(PREFIX.concat("SCENARIO"));
        if (named != null) {
            return new Script(named);
        }
        String map = System.getenv(PREFIX.concat("MAP"));
        String mapped = map == null ? null : lookUp(Path.of(map), Long.toUnsignedString(options.pubfile()));
        return mapped == null ? new Script(Scenario.ofItem(options.pubfile())) : new Script(mapped);
    }

    Scenario scenario() {
        return scenario;
    }

    boolean plays(Scenario other) {
        return scenario == other;
    }

    long number(String knob, long otherwise) {
        String value = knob(knob);
        try {
            return value == null ? otherwise : Long.parseUnsignedLong(value);
        } catch (NumberFormatException notANumber) {
            String message = Console.joined("The knob ", knob, " wants a number, not '", value, "'.").toString();
            throw new IllegalArgumentException(message);
        }
    }

    boolean isSet(String knob) {
        return knob(knob) != null;
    }

    private String knob(String name) {
        for (int at = 1; at < settings.length; at++) {
            int equals = settings[at].indexOf('=');
            if (equals > 0 && settings[at].substring(0, equals).trim().equals(name)) {
                return settings[at].substring(equals + 1).trim();
            }
        }
        return System.getenv(PREFIX.concat(name.toUpperCase(Locale.ROOT)));
    }

    private static String lookUp(Path map, String item) {
        try {
            for (String line : Files.readAllLines(map)) {
                int equals = line.indexOf('=');
                if (equals > 0 && line.substring(0, equals).trim().equals(item)) {
                    return line.substring(equals + 1).trim();
                }
            }
            return null;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(Console.joined("The scenario map ", map, " can not be read.").toString());
        }
    }
}
