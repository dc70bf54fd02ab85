package org.wallwhale.live;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.wallwhale.download.DownloadLogService;
import org.wallwhale.download.DownloadView;
import org.wallwhale.download.LogPage;
import org.wallwhale.download.Progress;
import org.wallwhale.download.Status;

/** The log and the state of one download. All its readers share what is read from the tables. */
final class DownloadFeed extends Feed {
    private static final long POLL_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int PAGE = 256;
    private static final int PAGES_A_TURN = 8;
    private final UUID id;
    private final String links;
    private final DownloadLogService log;
    private volatile boolean stale = true;
    private volatile Progress progress;
    private volatile long readAt = System.nanoTime();
    private volatile boolean finished;
    private LogWindow window;
    private DownloadView download;
    private String downloadJson;
    private byte[] snapshot;
    private byte[] jsonEnd;
    private Progress framed;
    private byte[] progressFrame;
    private long newest;
    private long pageAfter = -1;
    private List<LogEvent> page = List.of();
    private int pagesRead;

    /** {@code links} is the address of all downloads. */
    DownloadFeed(UUID id, String links, DownloadLogService log, Consumer<Feed> queue) {
        super(queue);
        this.id = id;
        this.links = links;
        this.log = log;
    }

    /** Something was committed. */
    void changed() {
        stale = true;
        wake();
    }

    void progressed(Progress newer) {
        progress = newer;
        wake();
    }

    @Override
    void expire() {
        stale = true;
    }

    /** A finished download has no news. */
    @Override
    void poll(long now) {
        if ((stale || !finished) && now - readAt > POLL_NANOS) {
            changed();
        }
    }

    @Override
    void turn() {
        if (stale && !load()) {
            closeAll();
            return;
        }
        boolean more = serve(readers().stream().filter(reader -> window.covers(reader.cursor())).toList());
        more |= serve(readers().stream().filter(reader -> !window.covers(reader.cursor())).toList());
        page = List.of();
        pageAfter = -1;
        pagesRead = 0;
        if (more) {
            wake();
        }
    }

    /** Those who are near the end come first, so that long replays do not hold them up. */
    private boolean serve(List<Reader> some) {
        boolean more = false;
        for (Reader reader : some) {
            if (pagesRead >= PAGES_A_TURN && !window.covers(reader.cursor()) && pageAfter != reader.cursor()) {
                more = true;
            } else if (reader.output().hasRoom()) {
                more |= serve(reader);
            }
        }
        return more;
    }

    /** False when the download is gone. */
    private boolean load() {
        readAt = System.nanoTime();
        stale = false;
        if (window == null) {
            Optional<LogPage> first = log.read(id, 0, 0);
            if (first.isEmpty()) {
                return false;
            }
            window = new LogWindow(Math.max(0, first.get().newest() - LogWindow.KEPT));
        }
        Optional<LogPage> read;
        do {
            read = log.read(id, window.head(), PAGE);
            read.ifPresent(this::take);
        } while (read.isPresent() && window.head() < newest && !read.get().entries().isEmpty());
        return read.isPresent();
    }

    private void take(LogPage read) {
        window.append(read.entries().stream().map(LogEvent::new).toList());
        newest = read.newest();
        download = read.download().linked(links);
        downloadJson = Frame.json(download);
        snapshot = Frame.json("snapshot", downloadJson);
        jsonEnd = Frame.json("end", downloadJson);
        finished = download.status().isFinished();
    }

    /** True when there may be more for the reader and it took all that was found. */
    private boolean serve(Reader reader) {
        if (reader.isSnapshotDue() && reader.output().offer(snapshot)) {
            reader.snapshotSent();
        }
        List<LogEvent> events = reader.isAtEnd() ? List.of() : after(reader.cursor());
        boolean all = events.stream().allMatch(event -> reader.isAtEnd() || offer(reader, event));
        if (events.isEmpty()) {
            endOrProgress(reader);
        }
        reader.output().drain();
        return all && !events.isEmpty();
    }

    private List<LogEvent> after(long cursor) {
        if (window.covers(cursor)) {
            return window.after(cursor);
        }
        if (pageAfter != cursor) {
            page = log.read(id, cursor, PAGE).map(LogPage::entries).orElse(List.of()).stream().map(LogEvent::new).toList();
            pageAfter = cursor;
            pagesRead++;
        }
        return page;
    }

    private boolean offer(Reader reader, LogEvent event) {
        boolean taken;
        if (reader.form() == Reader.Form.TEXT) {
            taken = event.isState() || reader.output().offer(event.line());
        } else {
            taken = reader.output().offer(event.isState() ? event.state(downloadJson) : event.json());
        }
        if (taken) {
            reader.passed(event);
        }
        return taken;
    }

    private void endOrProgress(Reader reader) {
        if (reader.isAtEnd() || finished) {
            String status = (reader.isAtEnd() ? reader.lastState().orElse(download.status().name()) : download.status().name())
                    .toLowerCase(Locale.ROOT);
            boolean text = reader.form() == Reader.Form.TEXT;
            if (reader.output().offer(text ? Frame.text("end", status) : jsonEnd)) {
                reader.output().end();
            }
            return;
        }
        Progress newer = progress;
        if (newer != null && reader.form() == Reader.Form.JSON && !reader.hasSeen(newer) && download.status() == Status.RUNNING
                && reader.output().offer(frame(newer))) {
            reader.sawProgress(newer);
        }
    }

    /** Once for all readers. */
    private byte[] frame(Progress newer) {
        if (framed != newer) {
            progressFrame = Frame.json("progress", ProgressEvent.json(newer));
            framed = newer;
        }
        return progressFrame;
    }
}
