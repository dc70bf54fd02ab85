package org.wallwhale.quota;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.wallwhale.config.Settings;

/** Whether instances share what is left of a limit by a Redis. */
@Dependent
public class RedisConfig {
    private static final String KEY = "wallwhale.redis.url";
    private final Optional<URI> url;

    @Inject
    public RedisConfig(Settings settings) {
        url = settings.text(KEY).flatMap(text -> parsed(text).or(() -> {
            // not the text, which may hold a password
            settings.fault(KEY, "must be the address of a Redis, such as redis://127.0.0.1:6379 or rediss://:password@host:6380/0");
            return Optional.empty();
        }));
    }

    private static Optional<URI> parsed(String text) {
        try {
            URI url = new URI(text);
            boolean isRedis = "redis".equals(url.getScheme()) || "rediss".equals(url.getScheme());
            boolean isWhole = url.getHost() != null && url.getQuery() == null && url.getFragment() == null
                    && (url.getUserInfo() == null || url.getUserInfo().contains(":"))
                    && (url.getPath() == null || url.getPath().matches("/?\\d{0,4}"));
            return isRedis && isWhole ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** With user and password, if it needs them: not to be shown. Empty where there is none. */
    Optional<URI> url() {
        return url;
    }
}
