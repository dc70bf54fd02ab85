package org.wallwhale.share;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.prometheus.metrics.core.metrics.Counter;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.wallwhale.audit.Actor;
import org.wallwhale.metrics.Loop;
import org.wallwhale.metrics.Loops;
import org.wallwhale.metrics.Registry;
import org.wallwhale.problem.Problem;
import org.wallwhale.share.ShareTally.Count;
import org.wallwhale.store.RangeInput;
import org.wallwhale.store.StoredZip;
import org.wallwhale.store.Transfers;

/**
 * What is being sent by links from this instance. Uses are written down together, once a second; what an orderly stop cuts off is
 * given back. A kill takes the count of the last MiB of each transfer with it.
 */
@ManagedScheduledExecutorDefinition(name = "java:app/concurrent/shares", maxAsync = 1)
@ApplicationScoped
public class ShareUses {
    private static final Logger LOG = System.getLogger(ShareUses.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Of a transfer that goes on: a slow one is not worth a write each second. */
    private static final long FEWEST_WRITTEN = 1 << 20;
    @Inject
    private StandingService standings;
    @Inject
    private Transfers transfers;
    @Inject
    private Loops loops;
    @Inject
    private Registry registry;
    @Resource(lookup = "java:app/concurrent/shares")
    private ManagedScheduledExecutorService thread;
    private final ShareTally tally = new ShareTally();
    private final Places places = new Places();
    /** With the link of each. */
    private final Map<Sending, UUID> open = new ConcurrentHashMap<>();
    private final Set<Runnable> cuts = ConcurrentHashMap.newKeySet();
    /** One for each link that is being read, or was a moment ago: the limit binds its readers together. */
    private final Cache<UUID, Pace> paces = Caffeine.newBuilder().expireAfterAccess(Duration.ofMinutes(5)).build();
    private Counter bytes;
    private Loop write;
    private volatile Future<?> writing;
    private volatile boolean stopped;

    @PostConstruct
    void prepare() {
        bytes = registry.counter("wallwhale_shared_bytes_total", "Bytes that this instance sent by share links");
        registry.gauge("wallwhale_shared_transfers", "What this instance is sending by share links", open::size);
        write = loops.every(PAUSE, "write down the uses of share links", this::write);
    }

    /** Writes from now on. */
    public void start() {
        writing = thread.scheduleWithFixedDelay(write, PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Ends what is being sent, lets nothing more begin, and writes. */
    public void stop() {
        stopped = true;
        if (writing != null) {
            writing.cancel(false);
        }
        cuts.forEach(ShareUses::quietly);
        open.keySet().forEach(sending -> quietly(() -> {
            try {
                sending.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "What a link sent could not be closed", e);
            }
        }));
        try {
            write();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The last uses of share links could not be written down: " + e);
        }
    }

    private static void quietly(Runnable end) {
        try {
            end.run();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "What a link sent could not be cut off", e);
        }
    }

    void viewed(UUID share) {
        tally.add(share, new Count(1, 0, 0));
    }

    /**
     * Reserves the bytes from {@code from} up to but not including {@code toExclusive}, as {@link StandingService#begin}, and opens them.
     * TOO_MANY_REQUESTS also where too much is being sent by this link or to this address, UNAVAILABLE once this instance stops.
     */
    Sending begin(Standing link, StoredZip zip, long from, long toExclusive, long zipBytes, Actor visitor) {
        if (stopped) {
            throw Problem.UNAVAILABLE.because("The server stops; try again shortly.");
        }
        RangeInput range = zip.open(from, toExclusive);
        String network = Actor.network(visitor.address());
        places.take(link.id(), network);
        try {
            standings.begin(link, toExclusive - from, zipBytes, visitor);
        } catch (RuntimeException e) {
            places.leave(link.id(), network);
            throw e;
        }
        Pace pace = paces.get(link.id(), id -> new Pace(System::nanoTime));
        pace.set(link.bytesPerSecond());
        Sending begun = new Sending(range, toExclusive - from, pace, sending -> ended(sending, link.id(), network));
        open.put(begun, link.id());
        return begun;
    }

    private void ended(Sending sending, UUID share, String network) {
        open.remove(sending);
        places.leave(share, network);
        count(share, sending.takeCount(0), sending.left());
    }

    private void count(UUID share, long sent, long left) {
        if (sent + left > 0) {
            bytes.inc(sent);
            tally.add(share, new Count(0, sent, sent + left));
        }
    }

    /** As {@link org.wallwhale.rest.Exchange} takes it, for what was begun by this link: looked at once a second, and cut when this instance stops. */
    UnaryOperator<Runnable> watch(Standing link, String address) {
        UnaryOperator<Runnable> looks = transfers.by(link.right(address), () -> goesOn(link, address));
        return cut -> {
            cuts.add(cut);
            Runnable end = looks.apply(cut);
            return () -> {
                cuts.remove(cut);
                end.run();
            };
        };
    }

    /** Whether what was begun by this link may go on to this address, as fast as the link allows by now; another password ends it. */
    boolean goesOn(Standing begun, String address) {
        Optional<Standing> now = Optional.of(begun.id()).filter(id -> standings.isAdmitted(address)).flatMap(standings::find)
                .filter(standing -> standing.passwordHash().equals(begun.passwordHash()));
        now.ifPresent(standing -> Optional.ofNullable(paces.getIfPresent(begun.id())).ifPresent(pace -> pace.set(standing.bytesPerSecond())));
        return now.isPresent();
    }

    /** What cannot be written waits for the next time. */
    void write() {
        open.forEach((sending, share) -> count(share, sending.takeCount(FEWEST_WRITTEN), 0));
        Map<UUID, Count> left = new HashMap<>(tally.take());
        try {
            for (UUID share : Set.copyOf(left.keySet())) {
                standings.count(share, left.get(share));
                left.remove(share);
            }
        } catch (RuntimeException e) {
            left.forEach(tally::add);
            throw e;
        }
    }
}
