package org.wallwhale.share;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import io.prometheus.metrics.core.metrics.Counter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.wallwhale.audit.Actor;
import org.wallwhale.metrics.Loop;
import org.wallwhale.metrics.Loops;
import org.wallwhale.metrics.Registry;
import org.wallwhale.share.SharedService.Standing;
import org.wallwhale.store.StoredZip;

/**
 * What is being sent by links from this instance. Uses are written down together, once a second; what an orderly stop cuts off is
 * given back, what a killed server had reserved stays reserved.
 */
@ManagedScheduledExecutorDefinition(name = "java:app/concurrent/shares", maxAsync = 1)
@ApplicationScoped
public class ShareUses {
    private static final Logger LOG = System.getLogger(ShareUses.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    @Inject
    private SharedService shared;
    @Inject
    private Loops loops;
    @Inject
    private Registry registry;
    @Resource(lookup = "java:app/concurrent/shares")
    private ManagedScheduledExecutorService thread;
    private final ShareTally tally = new ShareTally();
    private final Set<Sending> open = ConcurrentHashMap.newKeySet();
    /** One for each link that is being read: the limit binds its readers together. */
    private final Cache<UUID, Pace> paces = Caffeine.newBuilder().weakValues().build();
    private Counter bytes;
    private Loop write;
    private volatile Future<?> writing;

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

    /** Counts what is being sent as if it had ended, and writes. */
    public void stop() {
        if (writing != null) {
            writing.cancel(false);
        }
        open.forEach(Sending::end);
        try {
            write();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The last uses of share links could not be written down: " + e);
        }
    }

    void viewed(UUID share) {
        tally.add(share, new ShareTally.Count(1, 0, 0));
    }

    /** Reserves the bytes from {@code from} up to but not including {@code toExclusive}, as {@link SharedService#begin}, and opens them. */
    Sending begin(Standing link, StoredZip zip, long from, long toExclusive, long zipBytes, Actor visitor) {
        long reserved = toExclusive - from;
        shared.begin(link, reserved, zipBytes, visitor);
        Pace pace = paces.get(link.id(), id -> new Pace(System::nanoTime));
        pace.set(link.bytesPerSecond());
        Sending[] made = new Sending[1];
        made[0] = new Sending(zip.open(from, toExclusive), pace, sent -> ended(made[0], link.id(), sent, reserved));
        open.add(made[0]);
        return made[0];
    }

    private void ended(Sending sending, UUID share, long sent, long reserved) {
        open.remove(sending);
        bytes.inc(sent);
        tally.add(share, new ShareTally.Count(0, sent, reserved));
    }

    /** Whether what was begun by this link may go on, as fast as the link allows by now; another password ends it. */
    boolean goesOn(Standing begun) {
        Optional<Standing> now = shared.find(begun.id()).filter(standing -> standing.passwordHash().equals(begun.passwordHash()));
        now.ifPresent(standing -> Optional.ofNullable(paces.getIfPresent(begun.id())).ifPresent(pace -> pace.set(standing.bytesPerSecond())));
        return now.isPresent();
    }

    /** What cannot be written waits for the next time. */
    private void write() {
        Map<UUID, ShareTally.Count> taken = tally.take();
        try {
            if (!taken.isEmpty()) {
                shared.count(taken);
            }
        } catch (RuntimeException e) {
            taken.forEach(tally::add);
            throw e;
        }
    }
}
