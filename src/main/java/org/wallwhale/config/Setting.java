package org.wallwhale.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting as the file of the defaults has it.
 *
 * @param defaultText empty where it has none
 * @param meaning what it does, and its unit
 */
public record Setting(String name, String defaultText, String meaning) {
    private static final String DEFAULTS = "/META-INF/microprofile-config.properties";
    private static final Pattern LINE = Pattern.compile("#?((?:wallwhale|mp\\.jwt)\\.[a-z.-]+)=(.*)");
    private static final Pattern SECRET = Pattern.compile(".*(password|api-key|publickey)");
    /** A password may hold an @ of its own. */
    private static final Pattern USER_OF_ADDRESS = Pattern.compile("(?<=://)[^/\\s]*@");
    /** What ends a value is what began it, ? as &: either may stand in the value of the other kind of address. */
    private static final Pattern CREDENTIAL_OF_ADDRESS = Pattern.compile(
            "(?i)([?&;][a-z_.-]*(?:user|pass|secret|token|key)[a-z_.-]*=)(?:(?<=;[a-z_.-]{0,99}=)(?:\\\\.|[^;])*|(?<=[?&][a-z_.-]{0,99}=)[^&]*)");
    /** Statements that H2 runs, which may have passwords, and separators, of their own. */
    private static final Pattern STATEMENTS_OF_ADDRESS = Pattern.compile("(?is)(;\\s*INIT\\s*=).*");

    /** All there are, in the file's order; the lines of comment right above one are its meaning. */
    public static List<Setting> all() {
        List<Setting> settings = new ArrayList<>();
        List<String> comment = new ArrayList<>();
        for (String line : lines()) {
            Matcher setting = LINE.matcher(line);
            if (setting.matches()) {
                settings.add(new Setting(setting.group(1), setting.group(2), String.join(" ", comment)));
            }
            if (line.startsWith("# ")) {
                comment.add(line.substring(2));
            } else {
                comment.clear();
            }
        }
        return settings;
    }

    private static List<String> lines() {
        try (BufferedReader file = new BufferedReader(new InputStreamReader(Setting.class.getResourceAsStream(DEFAULTS), StandardCharsets.UTF_8))) {
            return file.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The defaults of the settings cannot be read", e);
        }
    }

    /** The environment variable that sets it. */
    public String variable() {
        return Settings.variable(name);
    }

    /** {@code value} as it may be shown: nothing of a secret, and of an address no credentials. */
    String shown(String value) {
        if (SECRET.matcher(name).matches()) {
            return "***";
        }
        String withoutStatements = STATEMENTS_OF_ADDRESS.matcher(value).replaceFirst("$1***");
        return CREDENTIAL_OF_ADDRESS.matcher(USER_OF_ADDRESS.matcher(withoutStatements).replaceAll("***@")).replaceAll("$1***");
    }
}
