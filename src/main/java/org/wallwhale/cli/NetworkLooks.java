package org.wallwhale.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.wallwhale.config.Settings;

/** What {@code doctor} asks Steam's Web API: whether it is reached, and what time it is there. Three seconds, nothing is sent. */
final class NetworkLooks {
    private static final Duration WITHIN = Duration.ofSeconds(3);
    /** The date is told in whole seconds, and on the way. More than a minute makes codes of Steam Guard and tokens fail. */
    private static final Duration TOLERATED = Duration.ofSeconds(60);
    private final String base;

    NetworkLooks(Supplier<Settings> settings) {
        base = settings.get().text("wallwhale.workshop.base-url").orElse("https://api.steampowered.com");
    }

    List<Finding> all() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base)).timeout(WITHIN).method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
            HttpResponse<Void> answer = HttpClient.newBuilder().connectTimeout(WITHIN).build().send(request, HttpResponse.BodyHandlers.discarding());
            return List.of(Finding.ok("steam", base + " answers."), time(answer.headers().firstValue("Date"), Instant.now()));
        } catch (IOException | IllegalArgumentException e) {
            return List.of(Finding.trouble("steam", base + " cannot be reached: what items are is not known, and real ones are not downloaded.",
                    "Let this machine reach it (TCP 443) and Steam's servers (TCP 443 and 27015-27050)."),
                    Finding.unknown("time", "Nobody could be asked what time it is."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    static Finding time(Optional<String> date, Instant now) {
        try {
            Instant there = ZonedDateTime.parse(date.orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration difference = Duration.between(there, now);
            return difference.abs().compareTo(TOLERATED) <= 0 ? Finding.ok("time", "This machine's clock is right.")
                    : Finding.trouble("time", "This machine's clock is " + difference.abs().toSeconds() + " s "
                            + (difference.isNegative() ? "slow" : "fast") + ".", "Set it, and have it kept right (systemd-timesyncd, chrony).");
        } catch (DateTimeParseException e) {
            return Finding.unknown("time", "The answer told no time.");
        }
    }
}
