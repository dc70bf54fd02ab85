package org.wallwhale.rest;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wallwhale.config.Settings;

/** Which pages of other origins may call the API from a browser. */
@Dependent
public class CorsConfig {
    private static final String KEY = "wallwhale.cors.origins";
    private final Set<String> origins;

    @Inject
    public CorsConfig(Settings settings) {
        origins = Stream.of(settings.text(KEY).orElse("").split(",")).map(String::strip).filter(origin -> !origin.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        for (String origin : origins) {
            if (!origin.matches("(https?|chrome-extension|moz-extension)://[A-Za-z0-9._-]+(:[0-9]{1,5})?")) {
                settings.fault(KEY, "must list origins such as https://steamcommunity.com, separated by commas, but holds \"" + origin + "\"");
            }
        }
    }

    boolean allows(String origin) {
        return origins.contains(origin);
    }
}
