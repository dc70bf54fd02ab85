package org.wallwhale.workshop;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.URI;
import org.wallwhale.config.Settings;

/** Where Steam's Web API is asked. */
@Dependent
public class WorkshopConfig {
    private static final String BASE = "wallwhale.workshop.base-url";
    private final URI base;

    @Inject
    public WorkshopConfig(Settings settings) {
        base = URI.create(settings.text(BASE).filter(text -> text.matches("https?://[A-Za-z0-9.\\-]+(:[0-9]{1,5})?/?")).orElseGet(() -> {
            settings.fault(BASE, "must be http:// or https://, a host and perhaps a port, such as https://api.steampowered.com");
            return "https://api.steampowered.com";
        }).replaceFirst("/$", ""));
    }

    URI base() {
        return base;
    }
}
