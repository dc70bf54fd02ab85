package org.wallwhale.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;
import org.wallwhale.download.DownloadConfig;
import org.wallwhale.engine.DepotDownloader;
import org.wallwhale.engine.EngineConfig;
import org.wallwhale.engine.Fetch;
import org.wallwhale.engine.Login;
import org.wallwhale.engine.Outcome;
import org.wallwhale.engine.Reason;
import org.wallwhale.engine.Retry;
import org.wallwhale.engine.Tool;
import org.wallwhale.engine.WebFileEngine;
import org.wallwhale.engine.WebFileFetch;
import org.wallwhale.secret.Secret;
import org.wallwhale.steam.Homes;
import org.wallwhale.worker.Backoff;
import org.wallwhale.worker.ItemRules;
import org.wallwhale.worker.WorkerConfig;
import org.wallwhale.workshop.ItemDetails;
import org.wallwhale.workshop.MissingItem;
import org.wallwhale.workshop.WebFile;

/**
 * Fetches items with the server's engine and by its rules, and without a server: what a web server has by HTTPS, the rest anonymously,
 * then with the account, if one was named and that may help. What may pass by itself is tried again as often as on a server.
 */
final class DirectFetch implements AutoCloseable {
    private static final Login SANDBOX = new Login("sandbox", Secret.of("sandbox"));
    private static final Set<Reason> OF_THE_LOGIN = EnumSet.of(Reason.WRONG_PASSWORD, Reason.RATE_LIMITED, Reason.ADDRESS_BANNED,
            Reason.LOGIN_REFUSED, Reason.GUARD_CODE_NEEDED, Reason.GUARD_CODE_WRONG, Reason.MOBILE_APPROVAL_MISSING, Reason.SESSION_EXPIRED);
    private final DepotDownloader engine;
    private final WebFileEngine webFiles;
    private final DownloadConfig downloads;
    private final WorkerConfig runs;
    private final DataFolder data;
    private final Homes homes;
    private final boolean sandbox;
    private final Optional<SteamLogin> account;
    private final DirectListener listener;
    private final ScheduledExecutorService heart;
    private FileChannel homeLock;
    /** What the account's first login that failed said: a second one would say the same, and Steam counts them. */
    private Outcome refused;

    /** {@code account} is not asked for its password before it is needed. A fault of the settings is a {@link CommandFailure}. */
    DirectFetch(Settings settings, boolean sandbox, Optional<SteamLogin> account, DirectListener listener) {
        EngineConfig config = new EngineConfig(settings);
        downloads = new DownloadConfig(settings);
        runs = new WorkerConfig(settings);
        data = new DataFolder(settings);
        data.tryOut(settings);
        if (!settings.faults().isEmpty()) {
            throw new CommandFailure(CommandFailure.SETTINGS, String.join("\n", settings.faults()));
        }
        engine = new DepotDownloader(config);
        webFiles = new WebFileEngine(config);
        homes = new Homes(data);
        this.sandbox = sandbox;
        this.account = account;
        this.listener = listener;
        heart = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        heart.scheduleAtFixedRate(engine::beat, 0, 1, TimeUnit.SECONDS);
    }

    /** In {@code folder}, which is this item's alone; what an interrupted run left there is gone on from. */
    Outcome fetch(DirectItem item, Path folder) throws InterruptedException, IOException {
        for (int attempt = 1;; attempt++) {
            Outcome outcome = ItemRules.told(sandbox || item.isAnswered(), once(item, folder));
            if (!(outcome instanceof Outcome.NotFetched failed) || listener.stop().isPresent() || attempt >= downloads.maxAttempts()
                    || failed.reason().retry() == Retry.LONG_WAIT) {
                return outcome;
            }
            Optional<Duration> wait = Backoff.after(failed.reason().retry(), attempt, runs.backoff(), ThreadLocalRandom.current());
            if (wait.isEmpty()) {
                return outcome;
            }
            listener.remark(failed.detail() + " It is tried again in " + wait.get().toSeconds() + " s.");
            pause(wait.get());
        }
    }

    private void pause(Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        while (System.nanoTime() < end && !listener.isEnded()) {
            Thread.sleep(100);
        }
    }

    private Outcome once(DirectItem item, Path folder) throws InterruptedException, IOException {
        Optional<WebFile> webFile = item.details().flatMap(ItemDetails::webFile);
        if (webFile.isPresent() && !sandbox) {
            return webFiles.fetch(new WebFileFetch(webFile.get().address(), webFile.get().fileName(), item.pubfileId(),
                    item.details().orElseThrow().sizeBytes(), target(folder), runs.maxRuntime()), listener);
        }
        if (sandbox) {
            return run(engine.sandbox(), item, folder, Optional.of(SANDBOX), folder.resolve("home"));
        }
        if (item.missing().isPresent() && (account.isEmpty() || item.missing().get().why() == MissingItem.Why.BANNED)) {
            return ItemRules.missing(item.missing().get(), "");
        }
        Optional<Tool> tool = engine.tool();
        if (tool.isEmpty()) {
            return new Outcome.NotFetched(Reason.TOOL_MISSING, "There is no DepotDownloader on this machine: ./wallwhale engine install "
                    + "fetches one.", -1);
        }
        if (item.missing().isEmpty()) {
            Outcome outcome = run(tool.get(), item, folder, Optional.empty(), folder.resolve("home"));
            boolean otherWay = outcome instanceof Outcome.NotFetched failed && failed.reason().retry() == Retry.OTHER_WAY;
            if (account.isEmpty() || !otherWay) {
                return outcome;
            }
            listener.remark(((Outcome.NotFetched) outcome).detail() + " It is tried with the account " + account.get().username() + ".");
        }
        return withAccount(tool.get(), item, folder, account.get());
    }

    /** A session that Steam no longer accepts is forgotten, and the password tried at once. */
    private Outcome withAccount(Tool tool, DirectItem item, Path folder, SteamLogin login) throws InterruptedException, IOException {
        if (refused != null) {
            return refused;
        }
        UUID id = UUID.nameUUIDFromBytes(("command line " + login.username()).getBytes(StandardCharsets.UTF_8));
        Path home = homes.of(id);
        lock(home, login);
        Login credentials = login.login();
        Outcome outcome = run(tool, item, folder, Optional.of(credentials), home);
        homes.learn(id, reason(outcome));
        if (reason(outcome).filter(Reason.SESSION_EXPIRED::equals).isPresent()) {
            outcome = run(tool, item, folder, Optional.of(credentials), home);
            homes.learn(id, reason(outcome));
        }
        if (reason(outcome).filter(OF_THE_LOGIN::contains).isPresent()) {
            refused = outcome;
        }
        return outcome;
    }

    /** One process at a time may use a HOME: the tool rewrites its session in place. */
    private void lock(Path home, SteamLogin login) throws IOException {
        if (homeLock == null) {
            FileChannel channel = FileChannel.open(home.resolve(".command-line-lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    homeLock = channel;
                    return;
                }
            } catch (OverlappingFileLockException e) {
                // told below
            }
            channel.close();
            throw new CommandFailure(CommandFailure.FAILED, "Another command downloads with the account " + login.username()
                    + " right now: wait until it is done.");
        }
    }

    private Outcome run(Tool tool, DirectItem item, Path folder, Optional<Login> login, Path home) throws InterruptedException {
        long appId = item.details().map(ItemDetails::appId).filter(app -> app != 0).orElse(downloads.appId());
        Outcome outcome = engine.fetch(new Fetch(tool, appId, item.pubfileId(), login, home, target(folder),
                item.details().flatMap(ItemDetails::webFile).isPresent(), runs.maxRuntime()), listener);
        return listener.wasUnanswerable() ? new Outcome.NotFetched(Reason.GUARD_CODE_NEEDED, "Steam asked for a Steam Guard code, and there is no "
                + "terminal to ask for it at, unseen: run the command at one, without redirecting its output.", outcome.exitCode()) : outcome;
    }

    private static Path target(Path folder) {
        return folder.resolve("target");
    }

    /** Where {@link #fetch} leaves the files. */
    static Path content(Path folder) {
        return Fetch.content(target(folder));
    }

    private static Optional<Reason> reason(Outcome outcome) {
        return outcome instanceof Outcome.NotFetched failed ? Optional.of(failed.reason()) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        heart.shutdownNow();
        if (homeLock != null) {
            homeLock.close();
        }
    }
}
