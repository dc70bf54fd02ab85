package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wallwhale.quota.RequestLimits;

/** Always up, since limits are counted without Redis as well; absent where none is set up. */
@ApplicationScoped
class RedisCheck {
    static final String NAME = "redis";
    @Inject
    private RequestLimits limits;

    Optional<Check> look() {
        return limits.isShared() ? Optional.of(Check.of(NAME, Map.of(), limits.missingRedis().map(name -> List.of(new Trouble(NAME, Severity.DEGRADED,
                "Redis at " + name + " does not take what it is given: request limits are counted in the database alone.",
                "Look whether it runs, takes the password of wallwhale.redis.url and can be written to; it is tried again every second."))).orElse(List.of())))
                : Optional.empty();
    }
}
