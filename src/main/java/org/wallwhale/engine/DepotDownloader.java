package org.wallwhale.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Fetches Workshop items by running DepotDownloader, or the sandbox that behaves like it, as a guarded child process
 * (interface of version 3.4.0). Somebody has to call {@link #beat} once a second: a child is killed after eight seconds
 * without it, because a frozen server must not keep a child that another server takes for dead. What a killed server may
 * have left is ended by {@link ChildProcess#kill} of the child that {@link FetchListener#started} was told.
 */
@ApplicationScoped
public class DepotDownloader {
    private static final System.Logger LOG = System.getLogger(DepotDownloader.class.getName());

    private final EngineConfig config;
    private final Tools tools;
    private final Heartbeat heartbeat;

    /** For the container's proxy only. */
    protected DepotDownloader() {
        config = null;
        tools = null;
        heartbeat = null;
    }

    @Inject
    public DepotDownloader(EngineConfig config) {
        this.config = config;
        this.tools = new Tools(config.toolsFolder());
        this.heartbeat = new Heartbeat(config.toolsFolder());
    }

    /** Says that this server is alive; once a second, from before the first fetch to after the last one. */
    public void beat() {
        heartbeat.beat();
    }

    /** The operator's own tool; absent when none is configured. */
    public Optional<Tool> tool() {
        return config.depotDownloader().map(path -> new Tool(List.of(path.toString()), false));
    }

    /** The scripted stand-in that comes with the server. */
    public Tool sandbox() throws IOException {
        return tools.sandbox();
    }

    /**
     * Runs the tool once and judges what it left on the disk. After a success {@link Fetch#content()} holds the files that
     * the outcome names, and the tool's notes. Nothing of the run is alive when this returns, normally or not; the calling thread
     * must not end before.
     *
     * @throws InterruptedException if the thread was interrupted; the child is killed at once then
     */
    public Outcome fetch(Fetch fetch, FetchListener listener) throws InterruptedException {
        if (!Files.isExecutable(Path.of(fetch.tool().command().get(0)))) {
            return new Outcome.NotFetched(Reason.TOOL_MISSING, "There is no executable DepotDownloader on this server.", -1);
        }
        Workspace workspace = new Workspace(fetch);
        try {
            workspace.prepare();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The folders of item " + fetch.pubfileId() + " could not be prepared: " + e);
            return new Outcome.NotFetched(Reason.NOT_WRITABLE, "The folders of this download could not be created.", -1);
        }
        heartbeat.beat();
        CommandLine commandLine = CommandLine.of(fetch, config.maxDownloads());
        try (GuardedChild child = GuardedChild.start(tools.deadMan(), heartbeat.file(), commandLine, fetch.home())) {
            listener.started(child.identity());
            return new Run(fetch, listener, workspace, child, config).follow();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The tool for item " + fetch.pubfileId() + " could not be run: " + e);
            return new Outcome.NotFetched(Reason.TOOL_FAILED, "The tool could not be run, or its files could not be read.", -1);
        }
    }
}
