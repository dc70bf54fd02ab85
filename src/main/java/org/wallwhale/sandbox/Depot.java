package org.wallwhale.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An item that lies in a depot: app, key, manifest, files, sums. */
final class Depot {
    private static final int BUILD = 1;

    private final Stage stage;
    private final Console console;
    private final Session session;
    private final FileList fileList;
    private final Item item;
    private final long id;
    private final Target target;

    Depot(Stage stage, Session session, FileList fileList) {
        this.stage = stage;
        this.console = stage.console();
        this.session = session;
        this.fileList = fileList;
        this.item = new Item(stage.options(), stage.script());
        this.id = stage.script().number("depot", stage.options().app());
        this.target = Target.of(stage.options().directory(), id, BUILD);
    }

    /** Downloads it as far as the scenario lets it; returns the exit status. */
    int download() throws IOException {
        if (stage.plays(Scenario.NOT_WRITABLE_DEPOT)) {
            throw Unhandled.accessDenied(target.bookkeeping().toAbsolutePath().toString());
        }
        if (stage.plays(Scenario.ZERO_NOTHING)) {
            return pretend();
        }
        target.prepare();
        console.line("Got AppInfo for ", stage.options().app());
        if (stage.plays(Scenario.STEAM_TIMEOUT)) {
            console.line("A task was canceled.");
            return 1;
        }
        if (stage.plays(Scenario.NOT_OWNED) || !session.ownsTheApp()) {
            console.line("App ", stage.options().app(), " (Some Game) is not available from this account.");
            return 1;
        }
        if (!announceKey()) {
            console.line();
            sayTotal(0, 0);
            return 0;
        }
        console.line();
        fetch();
        return 0;
    }

    private boolean announceKey() {
        if (stage.plays(Scenario.DEPOT_DENIED)) {
            console.line("Depot ", id, " is not available from this account.");
            return false;
        }
        boolean denied = stage.plays(Scenario.NO_KEY);
        console.line("Got depot key for ", id, " result: ", denied ? "AccessDenied" : "OK");
        if (denied) {
            console.line("No valid depot key for ", id, ", unable to download.");
        }
        return !denied;
    }

    private void fetch() throws IOException {
        DepotConfig config = DepotConfig.load(target.depotConfig());
        Incident incident = new Incident(stage, session, id, !config.hasSeen(id));
        long installed = config.installed(id);
        config.install(id, DepotConfig.UNFINISHED);
        Manifest previous = Manifest.exists(target.bookkeeping(), id, installed)
                ? Manifest.load(target.bookkeeping(), id, installed) : null;
        console.line("Processing depot ", id);
        Manifest manifest = new ManifestRequest(stage, session, target, id).answer(new Manifest(item.manifest, item.files));
        if (stage.plays(Scenario.ORPHAN_PIPE)) {
            console.close();
        }
        if (stage.options().manifestOnly()) {
            ManifestText.write(target, id, manifest, item.content);
            sayTotal(0, 1);
            return;
        }
        Set<ItemFile> unchanged = new HashSet<>(previous == null ? List.of() : previous.files());
        long fetched = fill(manifest, unchanged, incident);
        removeLeftovers(unchanged, manifest);
        finish();
        config.install(id, manifest.id());
        saySums(fetched);
    }

    private long fill(Manifest manifest, Set<ItemFile> unchanged, Incident incident) throws IOException {
        List<ItemFile> files = fileList.wanted(manifest.files());
        long total = 0;
        for (ItemFile file : files) {
            total += file.size();
        }
        Progress progress = new Progress(console, total, stage.plays(Scenario.OLD_VERSION) ? ',' : '.');
        Filling filling = new Filling(stage, target, item.content, progress);
        console.line("Downloading depot ", id);
        for (ItemFile file : files) {
            filling.prepare(file, unchanged.contains(file));
        }
        return filling.fill(incident);
    }

    private void removeLeftovers(Set<ItemFile> before, Manifest manifest) throws IOException {
        List<ItemFile> leftovers = new ArrayList<>(before);
        leftovers.removeAll(manifest.files());
        for (ItemFile file : leftovers) {
            Files.deleteIfExists(target.path(file));
            console.line("Deleted ", target.shown(file));
        }
    }

    /** What the scenario does between the last chunk and the sums. */
    private void finish() throws IOException {
        switch (stage.script().scenario()) {
            case SPOOF -> throw stage.cancelled();
            case SHORT_FILE -> Spoiling.spoil(target, item);
            case LONG_LINE -> {
                byte[] part = "long ".repeat(1 << 18).getBytes(StandardCharsets.UTF_8);
                for (int count = 0; count < 8; count++) {
                    console.raw(part);
                }
            }
            case BAD_UTF8 -> console.raw(Spoiling.badBytes());
            // As much as a pipe of 64 KiB takes without a reader, in the uneven pages that small writes leave.
            case EXIT_BEFORE_EOF -> console.raw(
                    "Connection timeout downloading chunk 0123456789abcdef0123456789abcdef01234567\n".repeat(650)
                            .getBytes(StandardCharsets.UTF_8));
            default -> { }
        }
    }

    /** The whole text of a download and not one file. */
    private int pretend() {
        console.line("Got AppInfo for ", stage.options().app());
        announceKey();
        console.line();
        console.line("Processing depot ", id);
        new ManifestRequest(stage, session, target, id).announce(item.manifest);
        console.line("Downloading depot ", id);
        long total = 0;
        for (ItemFile file : item.files) {
            total += file.size();
            console.line("Pre-allocating ", target.shown(file));
        }
        Progress progress = new Progress(console, total, '.');
        for (ItemFile file : item.files) {
            if (file.size() > 0) {
                progress.finished(file, target.shown(file));
            }
        }
        saySums(total);
        return 0;
    }

    private void saySums(long bytes) {
        console.line("Depot ", id, " - Downloaded ", compressed(bytes), " bytes (", bytes, " bytes uncompressed)");
        sayTotal(bytes, 1);
    }

    private void sayTotal(long bytes, int depots) {
        console.line("Total downloaded: ", compressed(bytes), " bytes (", bytes, " bytes uncompressed) from ", depots, " depots");
    }

    private static long compressed(long bytes) {
        return bytes - bytes / 8;
    }
}
