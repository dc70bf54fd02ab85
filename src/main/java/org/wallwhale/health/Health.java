package org.wallwhale.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * How this instance is, seen at most a second ago, for its own addresses and for a server that collects checks. Live is what only a new
 * start cures, ready is what the work here needs. Steam's own troubles, and the disk's watermark, leave it ready: the other instances
 * would have them as well, and what is stored is served.
 */
@ApplicationScoped
public class Health {
    @Inject
    private DatabaseCheck database;
    @Inject
    private StorageCheck storage;
    @Inject
    private EngineCheck engine;
    @Inject
    private AccountsCheck accounts;
    @Inject
    private CertificateCheck certificate;
    @Inject
    private RedisCheck redis;
    @Inject
    private LoopsCheck loops;
    @Resource
    private ContextService contexts;
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Longer than any look takes whose disk answers: the pool has two seconds. */
    private static final long HANGS_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Check HANGS = Check.of(StorageCheck.NAME, Map.of(), List.of(new Trouble(StorageCheck.NAME, Severity.DOWN,
            "The disk of the data folder has not answered for ten seconds.",
            "Look whether it hangs, a network disk above all; until it answers, whoever needs it waits.")));
    private final ReentrantLock looking = new ReentrantLock();
    /** A server that collects checks asks as somebody else: below a context path Payara's pool would give it no connection. */
    private volatile Callable<List<Check>> looks = this::look;
    private volatile Seen seen;
    private volatile boolean started;
    private volatile boolean stopping;

    /** All steps of the start are done. Called by a thread of this application, as which all further looks are taken. */
    public void started() {
        looks = contexts.contextualCallable(this::look);
        started = true;
    }

    /** Nothing new is to be sent here. */
    public void stopping() {
        stopping = true;
    }

    HealthView live() {
        return HealthView.of(List.of(loops.look()));
    }

    HealthView ready() {
        return HealthView.of(Stream.of(List.of(serving()), parts()).flatMap(List::stream).toList());
    }

    HealthView start() {
        return HealthView.of(List.of(Check.of("start", Map.of(), started ? List.of() : List.of(new Trouble("start", Severity.DOWN,
                "The server is starting.", "Wait; its log says what it does.")))));
    }

    HealthView all() {
        return HealthView.of(Stream.of(start(), live(), ready()).flatMap(view -> view.checks().stream()).toList());
    }

    /**
     * As somebody saw them within the last second, or as they were before while somebody looks: looking writes to the disk and takes a
     * connection, and whoever asks is let in without a credential.
     */
    private List<Check> parts() {
        Seen known = seen;
        if (known != null && known.isYoungerThan(FRESH_NANOS)) {
            return known.checks;
        }
        if (known != null && !looking.tryLock()) {
            return known.isYoungerThan(HANGS_NANOS) ? known.checks : List.of(HANGS);
        }
        if (known == null) {
            looking.lock();
        }
        try {
            if (seen == known) {
                seen = new Seen(looks.call(), System.nanoTime());
            }
            return seen.checks;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            looking.unlock();
        }
    }

    private List<Check> look() {
        return Stream.of(Stream.of(database.look(), storage.look(), engine.look(), accounts.look()), certificate.look().stream(), redis.look().stream())
                .flatMap(checks -> checks).toList();
    }

    private record Seen(List<Check> checks, long at) {
        boolean isYoungerThan(long nanos) {
            return System.nanoTime() - at < nanos;
        }
    }

    private Check serving() {
        return Check.of("serving", Map.of(), started && !stopping ? List.of() : List.of(new Trouble("serving", Severity.DOWN,
                started ? "The server is stopping." : "The server is starting.", "Ask another instance, or wait.")));
    }
}
