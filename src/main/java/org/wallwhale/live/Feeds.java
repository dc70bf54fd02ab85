package org.wallwhale.live;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The feeds of one kind that have a reader. The last reader takes its feed along. */
final class Feeds<F extends Feed> {
    private final Map<UUID, F> feeds = new ConcurrentHashMap<>();

    Optional<F> find(UUID id) {
        return Optional.ofNullable(feeds.get(id));
    }

    Collection<F> all() {
        return feeds.values();
    }

    void join(UUID id, Function<UUID, F> make, Reader reader) {
        feeds.compute(id, (key, known) -> {
            F feed = known == null ? make.apply(key) : known;
            feed.join(reader);
            return feed;
        });
    }

    void leave(UUID id, Reader reader) {
        feeds.computeIfPresent(id, (key, feed) -> {
            feed.leave(reader);
            return feed.isEmpty() ? null : feed;
        });
    }
}
