package org.wallwhale.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.wallwhale.secret.Secret;

/**
 * Reads settings by name and collects what is wrong with them. A faulty setting is noted in {@link #faults()} and read as the
 * smallest legal value, so that one pass over all {@code XxxConfig} finds every fault.
 */
public final class Settings {
    private final Function<String, Optional<String>> lookup;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();

    /** {@code lookup} finds the text of a setting by its name, for instance {@code wallwhale.data-dir}. */
    public Settings(Function<String, Optional<String>> lookup) {
        this.lookup = lookup;
    }

    /** The environment variable that sets {@code key}, as MicroProfile Config maps it: {@code WALLWHALE_DATA_DIR}. */
    public static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** The trimmed text; empty when unset or blank. */
    public Optional<String> text(String key) {
        asked.add(key);
        return lookup.apply(key).map(String::strip).filter(text -> !text.isEmpty());
    }

    public Optional<Secret> secret(String key) {
        return text(key).map(Secret::of);
    }

    /** An absolute path, with a leading {@code ~/} replaced by the home directory. */
    public Optional<Path> path(String key) {
        return text(key).flatMap(text -> {
            try {
                String home = System.getProperty("user.home");
                return Optional.of(Path.of(text.startsWith("~/") ? home + text.substring(1) : text).toAbsolutePath().normalize());
            } catch (InvalidPathException e) {
                fault(key, "is no path on this system: " + text);
                return Optional.empty();
            }
        });
    }

    public int wholeNumber(String key, int min, int max) {
        return (int) number(key, min, max, "a whole number");
    }

    /** A time in seconds. */
    public Duration seconds(String key, long min, long max) {
        return Duration.ofSeconds(number(key, min, max, "a number of seconds"));
    }

    public long bytes(String key, long min, long max) {
        return number(key, min, max, "a number of bytes");
    }

    public boolean onOff(String key) {
        String text = text(key).orElse("");
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            fault(key, "must be true or false, but is \"" + text + "\"");
        }
        return text.equalsIgnoreCase("true");
    }

    /** Notes a fault that a room found by itself, for instance two settings that exclude each other. */
    public void fault(String key, String sentence) {
        faults.add(variable(key) + " " + sentence + ".");
    }

    /** The names that were read so far: after all rooms have read theirs, the only ones there are. */
    public Set<String> asked() {
        return Set.copyOf(asked);
    }

    /** What is wrong, a sentence each, in the order in which it was found. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    private long number(String key, long min, long max, String kind) {
        String text = text(key).orElse("");
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, together with numbers out of range
        }
        fault(key, "must be " + kind + " from " + min + " to " + max + ", but is \"" + text + "\"");
        return min;
    }
}
