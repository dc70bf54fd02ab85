package org.wallwhale.share;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.wallwhale.audit.Actor;
import org.wallwhale.problem.Problem;

/** How often an address may ask for what links lead to, on this instance: strangers have no other limit. */
@ApplicationScoped
class AddressLimit {
    private static final int MOST_ADDRESSES = 20_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private final Cache<String, AtomicInteger> asked = Caffeine.newBuilder().maximumSize(MOST_ADDRESSES).expireAfterWrite(WINDOW).build();
    private int most;

    AddressLimit() {
    }

    @Inject
    AddressLimit(ShareConfig config) {
        most = config.requestsPerMinute();
    }

    /** TOO_MANY_REQUESTS when there were too many within a minute. */
    void demand(String address) {
        if (asked.get(Actor.network(address), network -> new AtomicInteger()).incrementAndGet() > most) {
            throw Problem.TOO_MANY_REQUESTS.overLimit("No more than " + most + " requests a minute may come to share links from one address.",
                    List.of("share"), WINDOW.toSeconds());
        }
    }
}
