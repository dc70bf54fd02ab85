package org.wallwhale.share;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.wallwhale.config.KeyFile;
import org.wallwhale.config.Settings;

/** How long links last, and where they lead. */
@Dependent
public class ShareConfig {
    public static final KeyFile LINK_KEY = new KeyFile("share-key", "no share link works any longer and all must be made anew");
    private static final String BASE = "wallwhale.share.base-url";
    private final int longestDays;
    private final int defaultDays;
    private final int requestsPerMinute;
    private final Optional<String> baseUrl;

    @Inject
    public ShareConfig(Settings settings) {
        longestDays = settings.wholeNumber("wallwhale.share.longest-days", 0, 3650);
        defaultDays = settings.wholeNumber("wallwhale.share.default-days", 1, 3650);
        requestsPerMinute = settings.wholeNumber("wallwhale.share.requests-per-minute", 1, 1_000_000);
        baseUrl = settings.text(BASE).map(text -> text.replaceFirst("/+$", ""));
        baseUrl.filter(text -> !isAddress(text)).ifPresent(text ->
                settings.fault(BASE, "must be an address such as https://files.example.org, but is \"" + text + "\""));
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = URI.create(text);
            return text.matches("https?://.*") && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null
                    && uri.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether links may be made, and lead anywhere. */
    boolean isOn() {
        return longestDays > 0;
    }

    Duration longest() {
        return Duration.ofDays(longestDays);
    }

    /** Of a link that does not say. */
    Duration usual() {
        return Duration.ofDays(Math.min(defaultDays, longestDays));
    }

    /** That an address may send to links on this instance. */
    int requestsPerMinute() {
        return requestsPerMinute;
    }

    /** Where this server's root is to be found, without a slash at the end; empty: where the request came to. */
    Optional<String> baseUrl() {
        return baseUrl;
    }
}
