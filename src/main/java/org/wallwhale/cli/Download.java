package org.wallwhale.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.wallwhale.cli.Terminal.Style;
import org.wallwhale.cli.Terminal.Styled;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import org.wallwhale.engine.Outcome;
import org.wallwhale.worker.ItemRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads items without a server: found by {@link ItemSearch}, fetched by {@link DirectFetch}, and left in an {@link OutputFolder}. */
@Command(name = "download", mixinStandardHelpOptions = true,
        description = {"Downloads Workshop items and collections into a folder, without a server.", "",
            "Nothing is logged in where none is needed. With --account, what is refused to strangers is tried with that Steam account; its "
                + "password is asked, or taken from WALLWHALE_STEAM_PASSWORD or --password-file. What was interrupted is gone on from by the "
                + "same command.", ""},
        footer = {"", "Examples:", "  wallwhale download 3000000000 --account sandbox     a first try; nothing comes from Steam",
            "  wallwhale download 'https://steamcommunity.com/sharedfiles/filedetails/?id=123' --output ~/wallpapers",
            "  wallwhale download @list.txt --account mylogin --no-zip", "  grep -o '[0-9]*' ids | wallwhale download - --json"})
final class Download implements Callable<Integer> {
    static final String SANDBOX = "sandbox";
    private static final long STOP_SECONDS = 20;
    @Mixin
    private Terminal terminal = new Terminal();
    @Parameters(paramLabel = "ID|URL|@FILE", arity = "0..*", description = "Ids or addresses of items or collections; @FILE for a list with one "
            + "in each line, - for such a list on standard input.")
    private List<String> arguments = new ArrayList<>();
    @Option(names = "--from", paramLabel = "FILE", description = "The same as @FILE.")
    private List<Path> lists = new ArrayList<>();
    @Option(names = "--account", paramLabel = "NAME", description = "The login name of a Steam account; \"sandbox\" for the scripted "
            + "stand-in.")
    private String account;
    @Mixin
    private PasswordSource password = new PasswordSource();
    @Option(names = "--output", paramLabel = "DIR", defaultValue = ".", description = "Where the items go; this folder if not named.")
    private Path output;
    @Option(names = "--zip", description = "A zip of each item, which is what you get anyway.")
    private boolean zip;
    @Option(names = "--no-zip", description = "A folder of the item's files instead of a zip.")
    private boolean noZip;
    @Option(names = "--keep", description = "The folder as well as the zip.")
    private boolean keep;
    @Option(names = "--skip-existing", description = "Leave alone what is there already, whatever its version.")
    private boolean skipExisting;
    @Option(names = "--force", description = "Replace a zip that is there. A folder that is there is never replaced.")
    private boolean force;
    @Option(names = {"-v", "--verbose"}, description = "Show what the tool prints.")
    private boolean verbose;
    private final Settings settings;
    private final CountDownLatch over = new CountDownLatch(1);

    Download() {
        this(LocalSettings.read());
    }

    Download(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> inputs = DownloadList.read(arguments, lists, System.in);
        if (inputs.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, "There is nothing to download: name ids or addresses, see wallwhale download --help.");
        }
        if (zip && noZip) {
            throw new CommandFailure(CommandFailure.USAGE, "--zip and --no-zip exclude each other: name one of them.");
        }
        if (skipExisting && force) {
            throw new CommandFailure(CommandFailure.USAGE, "--skip-existing and --force exclude each other: name one of them.");
        }
        boolean sandbox = SANDBOX.equals(account);
        Optional<SteamLogin> login = Optional.ofNullable(account).filter(name -> !sandbox)
                .map(name -> new SteamLogin(name, password, settings, terminal));
        DirectListener listener = new DirectListener(terminal, verbose);
        OutputFolder folder = new OutputFolder(output, sandbox);
        Thread stop = stopAtSignal(listener);
        try (DirectFetch fetch = new DirectFetch(settings, sandbox, login, listener)) {
            if (sandbox) {
                terminal.note("This is the sandbox: a scripted stand-in makes up the content, nothing comes from Steam.");
            }
            List<DownloadResult> results = new ArrayList<>();
            ItemSearch search = new ItemSearch(settings, sandbox, results, listener);
            List<DirectItem> items = search.find(inputs);
            results.forEach(this::show);
            for (int i = 0; i < items.size(); i++) {
                listener.remark("[" + (i + 1) + "/" + items.size() + "] " + items.get(i).pubfileId() + "  " + items.get(i).title());
                DownloadResult result = download(items.get(i), folder, fetch, listener);
                listener.finish();
                results.add(result);
                show(result);
            }
            folder.close();
            results.sort(Comparator.comparingInt(search::place));
            return end(results);
        } finally {
            over.countDown();
            forget(stop);
        }
    }

    @SuppressWarnings("try") // a lock is held, not used
    private DownloadResult download(DirectItem item, OutputFolder folder, DirectFetch fetch, DirectListener listener)
            throws InterruptedException {
        String id = item.pubfileId();
        if (listener.isEnded()) {
            return DownloadResult.canceled(item);
        }
        Path place = noZip ? folder.folder(id) : folder.zip(id);
        if (skipExisting && Files.exists(place)) {
            return DownloadResult.present(item, place.toString());
        }
        try (HeldLock lock = folder.lock(id)) {
            return save(item, folder, fetch, listener);
        } catch (TakenException e) {
            return DownloadResult.failed(id, id, DownloadResult.TAKEN, e.getMessage(), "");
        } catch (CommandFailure e) {
            if (e.exitCode() != CommandFailure.FAILED) {
                throw e;
            }
            return DownloadResult.failed(id, id, "not_saved", e.getMessage(), "");
        } catch (IOException e) {
            return DownloadResult.failed(id, id, "not_saved", "It could not be written: " + SystemReason.of(e) + ".",
                    "Look at the disk of the output folder, and run the command again.");
        }
    }

    private DownloadResult save(DirectItem item, OutputFolder folder, DirectFetch fetch, DirectListener listener)
            throws InterruptedException, IOException {
        String id = item.pubfileId();
        boolean there = !noZip && !force && Files.exists(folder.zip(id));
        if (noZip || keep) {
            folder.requireFree(folder.folder(id));
        }
        if (!noZip && !force) {
            folder.requireFreeOrZip(id);
        }
        Outcome outcome = fetch.fetch(item, folder.work(id));
        if (outcome instanceof Outcome.NotFetched failed) {
            folder.cleanIfEmpty(id);
            return listener.isEnded() ? DownloadResult.canceled(item) : DownloadResult.failed(item, failed);
        }
        Outcome.Fetched fetched = (Outcome.Fetched) outcome;
        listener.showStep(noZip ? "placing" : "zipping");
        OutputFolder.Saved saved = noZip ? folder.folder(id, fetched) : folder.zip(id, fetched, keep, force);
        folder.clean(id);
        return there && !keep ? DownloadResult.present(item, saved.path().toString())
                : DownloadResult.success(item, saved, ItemRules.version(fetched, item.details()));
    }

    private void show(DownloadResult result) {
        String name = result.pubfileId() == null ? result.input() : result.pubfileId();
        if (result.status().equals("success")) {
            terminal.say(new Styled("ok       ", Style.GOOD), new Styled(name + "  " + result.path() + "  (" + result.files()
                    + (result.files() == 1 ? " file, " : " files, ") + ProgressBar.bytes(result.bytes()) + ")", Style.PLAIN));
        } else if (result.error() == null) {
            terminal.say(new Styled(String.format("%-9s", result.status()), Style.WARNING), new Styled(name
                    + (result.path() == null ? "" : "  " + result.path()), Style.PLAIN));
        } else {
            terminal.say(new Styled("failed   ", Style.BAD), new Styled(name + "  " + result.error().code() + ": " + result.error().message()
                    + (result.error().advice().isEmpty() ? "" : " " + result.error().advice()), Style.PLAIN));
        }
    }

    private int end(List<DownloadResult> results) {
        long good = results.stream().filter(DownloadResult::isGood).count();
        if (results.size() > 1) {
            terminal.say(good + " of " + results.size() + " downloaded.");
        }
        terminal.value(new DownloadResult.All(results, good, results.size() - good, SANDBOX.equals(account)));
        return CommandFailure.ofAll(results.stream().map(DownloadResult::exitCode).toList());
    }

    /** Ctrl-C ends the run and its processes before this process ends. */
    private Thread stopAtSignal(DirectListener listener) {
        Thread stop = new Thread(() -> {
            listener.end();
            listener.remark("Stopping …  The same command goes on from here.");
            try {
                over.await(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        return stop;
    }

    private static void forget(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            // it runs
        }
    }
}
