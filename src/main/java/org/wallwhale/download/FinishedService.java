package org.wallwhale.download;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;

/** What finished within the present hour and the 23 before, by the database's clock. */
@ApplicationScoped
public class FinishedService {
    private static final int HOURS = 24;
    private static final int MOST_REASONS = 20;
    private final Cache<String, Lately> kept = Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(10)).build();
    private FinishedRepository finished;
    private ClockRepository clock;

    FinishedService() {
    }

    @Inject
    FinishedService(FinishedRepository finished, ClockRepository clock) {
        this.finished = finished;
        this.clock = clock;
    }

    /** The oldest first, hours without any included. */
    public record Lately(List<FinishedHour> hours, List<FailureCount> reasons) {
    }

    /** As it was at most ten seconds ago: however many ask, the tables are read once. */
    @NeedsNoRoom
    @Transactional
    public Lately lately() {
        return kept.get("", key -> read());
    }

    private Lately read() {
        Instant first = clock.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS - 1));
        List<FinishedRepository.Ended> ended = finished.byHour(first);
        return new Lately(Stream.iterate(first, hour -> hour.plus(Duration.ofHours(1))).limit(HOURS).map(hour -> hour(hour, ended)).toList(),
                finished.reasons(first, MOST_REASONS));
    }

    private static FinishedHour hour(Instant hour, List<FinishedRepository.Ended> all) {
        List<FinishedRepository.Ended> ended = all.stream().filter(some -> some.hour().equals(hour)).toList();
        return new FinishedHour(hour, count(ended, Status.SUCCESS), count(ended, Status.FAILED), count(ended, Status.CANCELED),
                ended.stream().filter(some -> some.status() == Status.SUCCESS).mapToLong(FinishedRepository.Ended::bytes).sum());
    }

    private static long count(List<FinishedRepository.Ended> ended, Status status) {
        return ended.stream().filter(some -> some.status() == status).mapToLong(FinishedRepository.Ended::count).sum();
    }
}
