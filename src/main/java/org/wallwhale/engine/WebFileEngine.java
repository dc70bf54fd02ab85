package org.wallwhale.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.ToLongFunction;

/** Fetches items that are one file on a web server, by this process itself: no tool and no login is needed. */
@ApplicationScoped
public class WebFileEngine {
    private static final System.Logger LOG = System.getLogger(WebFileEngine.class.getName());
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private final EngineConfig config;
    private final HttpClient client;
    private final ToLongFunction<Path> freeBytes;

    /** For the container's proxy only. */
    protected WebFileEngine() {
        config = null;
        client = null;
        freeBytes = null;
    }

    @Inject
    public WebFileEngine(EngineConfig config) {
        this(config, folder -> folder.toFile().getUsableSpace());
    }

    /** {@code freeBytes} of the disk that a folder lies on. */
    WebFileEngine(EngineConfig config, ToLongFunction<Path> freeBytes) {
        this.config = config;
        this.freeBytes = freeBytes;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT).build();
    }

    /**
     * As {@link DepotDownloader#fetch}, with an exit code of 0 or -1 and without a version. What an earlier run has of the same
     * version is gone on from. Nothing is written any more when this returns.
     */
    public Outcome fetch(WebFileFetch fetch, FetchListener listener) throws InterruptedException {
        try {
            return new WebFileRun(fetch, listener, client, new WebFileHosts(config.webFileHosts()),
                    new WebFileWatch(fetch, listener, config, freeBytes)).follow();
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "The file of item " + fetch.pubfileId() + " could not be written: " + e);
            boolean full = e.toString().contains("No space left") || e.toString().contains("quota exceeded");
            return full ? new Outcome.NotFetched(Reason.DISK_FULL, "The disk was full while the item was written.", -1)
                    : new Outcome.NotFetched(Reason.NOT_WRITABLE, "The item's file could not be written.", -1);
        }
    }
}
