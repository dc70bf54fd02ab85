package org.wallwhale.live;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.wallwhale.access.CallersChanged;
import org.wallwhale.cluster.NewsMissed;
import org.wallwhale.download.ChangedElsewhere;
import org.wallwhale.download.DownloadChanged;
import org.wallwhale.download.DownloadListService;
import org.wallwhale.download.DownloadLogService;
import org.wallwhale.download.Progress;
import org.wallwhale.metrics.Loop;
import org.wallwhale.metrics.Loops;
import org.wallwhale.metrics.Registry;
import org.wallwhale.problem.Problem;

/**
 * Knows who listens to what. News only mark a feed as due; a few threads, which never wait for a client, take the due feeds in
 * turn. They start once and stay, so that a wake-up from inside a commit costs no more than an entry of a queue.
 */
@ManagedScheduledExecutorDefinition(name = "java:app/concurrent/live", maxAsync = LiveHub.THREADS + 3)
@ApplicationScoped
public class LiveHub {
    static final int THREADS = 3;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** No user has this id. */
    private static final UUID EVERYBODY = new UUID(0, 0);
    private static final Logger LOG = System.getLogger(LiveHub.class.getName());
    @Inject
    private DownloadLogService log;
    @Inject
    private DownloadListService downloads;
    @Inject
    private ReaderWatch watch;
    @Inject
    private LiveConfig config;
    @Inject
    private Loops loops;
    @Inject
    private Registry metrics;
    @Resource(lookup = "java:app/concurrent/live")
    private ManagedScheduledExecutorService threads;
    private final Feeds<DownloadFeed> ofDownloads = new Feeds<>();
    private final Feeds<UserFeed> ofUsers = new Feeds<>();
    private final BlockingQueue<Feed> due = new LinkedBlockingQueue<>();
    private final OpenStreams streams = new OpenStreams();
    private final List<Future<?>> tasks = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final Loop look = new Loop("look whose event streams end", () -> watch.check(readers()));
    private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - TELL_NANOS);
    private volatile boolean serving;

    /** Takes streams from now on. */
    public void start() {
        metrics.gauge("wallwhale_event_streams", "Event streams that are open here", streams::count);
        serving = true;
        for (int thread = 0; thread < THREADS; thread++) {
            tasks.add(threads.submit(this::serve));
        }
        every("look after the readers of event streams", () -> watch.look(readers(), System.nanoTime()));
        every("look for news of event streams", () -> {
            long now = System.nanoTime();
            feeds().forEach(feed -> feed.poll(now));
            watch.check(readers());
        });
    }

    /** Ends all streams and takes no new ones. No thread is interrupted: that would close H2's file below the others. */
    public void stop() {
        serving = false;
        feeds().forEach(Feed::closeAll);
        tasks.forEach(task -> task.cancel(false));
    }

    /** UNAVAILABLE while the server starts or stops, or has as many streams as it may; TOO_MANY_REQUESTS for one user's too many. */
    void followDownload(UUID id, String links, Reader reader, Connection connection) throws IOException {
        open(ofDownloads, id, key -> new DownloadFeed(key, links, log, due::add), reader, connection);
    }

    /** As {@link #followDownload}, for all downloads of the reader's caller. */
    void followAll(String links, Reader reader, Connection connection) throws IOException {
        open(ofUsers, reader.caller().userId(), key -> new UserFeed(Optional.of(key), links, downloads, due::add), reader, connection);
    }

    /** As {@link #followAll}, for the downloads of all users, whatever the reader's caller may see. */
    void followEverybody(String links, Reader reader, Connection connection) throws IOException {
        open(ofUsers, EVERYBODY, key -> new UserFeed(Optional.empty(), links, downloads, due::add), reader, connection);
    }

    private <F extends Feed> void open(Feeds<F> feeds, UUID id, Function<UUID, F> make, Reader reader, Connection connection)
            throws IOException {
        if (!serving) {
            throw Problem.UNAVAILABLE.because("The server is starting or stopping; try again shortly.");
        }
        UUID user = reader.caller().userId();
        streams.add(user, config.maxStreams());
        ServletOutputStream out = connection.out();
        EventOutput output = new EventOutput(out, () -> feeds.find(id).ifPresent(Feed::wake), () -> {
            feeds.leave(id, reader);
            streams.remove(user);
            connection.close();
        });
        reader.connect(output);
        output.offer(Frame.RETRY);
        feeds.join(id, make, reader);
        connection.open(out, output);
        if (!serving) {
            output.abort();
        }
    }

    void onChange(@Observes(during = TransactionPhase.AFTER_SUCCESS) DownloadChanged event) {
        changed(event.id(), event.userId());
    }

    void onNews(@Observes ChangedElsewhere event) {
        changed(event.id(), event.userId());
    }

    void onNews(@Observes NewsMissed event) {
        feeds().forEach(feed -> {
            feed.expire();
            feed.wake();
        });
    }

    private void changed(UUID id, UUID userId) {
        ofDownloads.find(id).ifPresent(DownloadFeed::changed);
        feedsWith(userId).forEach(feed -> feed.changed(id));
    }

    /** However often it is asked for, one look runs at a time, and one follows it. */
    void onCallersChanged(@Observes CallersChanged event) {
        if (serving && looks.getAndIncrement() == 0) {
            threads.execute(() -> {
                int asked;
                do {
                    asked = looks.get();
                    look.run();
                } while (!looks.compareAndSet(asked, 0));
            });
        }
    }

    void onProgress(@Observes Progress progress) {
        ofDownloads.find(progress.downloadId()).ifPresent(feed -> feed.progressed(progress));
        feedsWith(progress.userId()).forEach(feed -> feed.progressed(progress));
    }

    private Stream<UserFeed> feedsWith(UUID userId) {
        return Stream.of(userId, EVERYBODY).flatMap(id -> ofUsers.find(id).stream());
    }

    private void serve() {
        while (serving) {
            try {
                Feed feed = due.poll(1, TimeUnit.SECONDS);
                if (feed != null) {
                    feed.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Throwable e) {
                failed("An event stream could not be told what is new; it is tried again.", e);
            }
        }
    }

    private void every(String what, Runnable look) {
        tasks.add(threads.scheduleWithFixedDelay(loops.every(LOOK, what, look), 1, LOOK.toSeconds(), TimeUnit.SECONDS));
    }

    /** While the database is away all feeds fail, many times a second: a minute is told once. */
    private void failed(String what, Throwable e) {
        long told = toldAt.get();
        long now = System.nanoTime();
        LOG.log(now - told >= TELL_NANOS && toldAt.compareAndSet(told, now) ? Level.WARNING : Level.DEBUG, what, e);
    }

    private List<Reader> readers() {
        return feeds().flatMap(Feed::everyone).distinct().toList();
    }

    private Stream<Feed> feeds() {
        return Stream.concat(ofDownloads.all().stream(), ofUsers.all().stream());
    }
}
