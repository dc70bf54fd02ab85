package org.wallwhale.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.ConfigProvider;

/** Settings inside a server: environment variables, system properties and {@code microprofile-config.properties}. */
@ApplicationScoped
public class MicroProfileSettings {
    @Produces
    @Dependent
    Settings settings() {
        return new Settings(key -> ConfigProvider.getConfig().getOptionalValue(key, String.class));
    }
}
