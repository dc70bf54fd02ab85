package org.wallwhale.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** Limits of keys and users, by their names in the API. A command takes them in as a mixin. */
final class LimitOptions {
    private static final String DEFAULT = "default";
    @Option(names = "--rate-limit", paramLabel = "<n>", description = "Requests a minute; as the next ones: a number, or `default` for the server's.")
    private String rateLimit;
    @Option(names = "--quota-daily", paramLabel = "<n>", description = "Requests a day (UTC).")
    private String quotaDaily;
    @Option(names = "--quota-monthly", paramLabel = "<n>", description = "Requests a month.")
    private String quotaMonthly;
    @Option(names = "--downloads-daily", paramLabel = "<n>", description = "Downloads a day.")
    private String downloadsDaily;
    @Option(names = "--downloads-monthly", paramLabel = "<n>", description = "Downloads a month.")
    private String downloadsMonthly;
    @Option(names = "--max-concurrent", paramLabel = "<n>", description = "Downloads that run at a time; further ones wait.")
    private String maxConcurrent;
    @Option(names = "--max-runtime-seconds", paramLabel = "<n>", description = "Seconds that a download may run.")
    private String maxRuntimeSeconds;

    void addTo(Map<String, Object> body) {
        put(body, "rateLimit", rateLimit);
        put(body, "quotaDaily", quotaDaily);
        put(body, "quotaMonthly", quotaMonthly);
        put(body, "downloadsDaily", downloadsDaily);
        put(body, "downloadsMonthly", downloadsMonthly);
        put(body, "maxConcurrent", maxConcurrent);
        put(body, "maxRuntimeSeconds", maxRuntimeSeconds);
    }

    /** Nothing for null; {@code default} is the API's null. */
    static void put(Map<String, Object> body, String member, String value) {
        if (value == null) {
            return;
        }
        if (!value.equals(DEFAULT) && !value.matches("[0-9]{1,18}")) {
            throw new CommandFailure(CommandFailure.USAGE, "\"" + value + "\" is no limit (" + member + "): say a number, or `default`.");
        }
        body.put(member, value.equals(DEFAULT) ? null : Long.valueOf(value));
    }
}
