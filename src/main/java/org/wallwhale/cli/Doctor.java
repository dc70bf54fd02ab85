package org.wallwhale.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.wallwhale.cli.Terminal.Style;
import org.wallwhale.cli.Terminal.Styled;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import org.wallwhale.engine.EngineConfig;
import org.wallwhale.engine.ToolCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at all that a server needs here, and tells what is wrong and what to do about it. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = {"Looks at all that a server needs on this machine: each line is ok, or a trouble and its cure.", "",
            "Beyond this machine it asks the database, and Steam's Web API for the time; three seconds each.", ""},
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {" 0:no trouble", " 1:some", " 2:wrong use"},
        footer = {"", "Examples:", "  wallwhale doctor", "  wallwhale doctor --json | jq '.findings[] | select(.state == \"trouble\")'"})
final class Doctor implements Callable<Integer> {
    private static final int OLDEST_JAVA = 17;
    @Mixin
    private Terminal terminal = new Terminal();
    private final Supplier<Settings> settings;

    Doctor() {
        this(LocalSettings::read);
    }

    /** {@code settings} are read anew for each look, so that the faults of one are not told by another. */
    Doctor(Supplier<Settings> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        Consumer<Finding> found = finding -> {
            findings.add(finding);
            show(finding);
        };
        found.accept(java());
        programs().forEach(found);
        faults().forEach(found);
        new MachineLooks(settings).all().forEach(look -> found.accept(look.get()));
        found.accept(engine());
        new NetworkLooks(settings).all().forEach(found);
        boolean well = findings.stream().noneMatch(finding -> finding.state() == Finding.State.TROUBLE);
        terminal.say(well ? "No trouble was found." : findings.stream().filter(finding -> finding.state() == Finding.State.TROUBLE).count()
                + " of " + findings.size() + " looks found trouble.");
        terminal.value(Map.of("findings", findings, "well", well));
        return well ? 0 : CommandFailure.FAILED;
    }

    private void show(Finding finding) {
        Style style = switch (finding.state()) {
            case OK -> Style.GOOD;
            case UNKNOWN -> Style.WARNING;
            case TROUBLE -> Style.BAD;
        };
        String state = finding.state().name().toLowerCase(Locale.ROOT);
        terminal.say(new Styled(String.format("%-8s", state), style), new Styled(String.format("%-12s%s", finding.about(), finding.sentence()),
                Style.PLAIN));
        if (finding.cure() != null) {
            terminal.say(" ".repeat(20) + "→ " + finding.cure());
        }
    }

    private static Finding java() {
        String found = "Java " + System.getProperty("java.version") + " at " + System.getProperty("java.home");
        return Runtime.version().feature() >= OLDEST_JAVA ? Finding.ok("java", found + ".")
                : Finding.trouble("java", found + " is too old.", "Install Java 17 or newer.");
    }

    /** What the engine starts its children with. */
    private static Stream<Finding> programs() {
        List<String> missing = Stream.of("bash", "du", "sleep").filter(program -> Stream.of(System.getenv().getOrDefault("PATH", "")
                .split(File.pathSeparator)).noneMatch(folder -> new File(folder, program).canExecute())).toList();
        return Stream.of(missing.isEmpty() ? Finding.ok("programs", "bash, du and sleep are there.")
                : Finding.trouble("programs", String.join(", ", missing) + " is not on the PATH: no download can be run.",
                        "Install bash and coreutils with your system's packages."));
    }

    private Stream<Finding> faults() {
        List<String> faults = ConfigCheck.faults(settings.get());
        return faults.isEmpty() ? Stream.of(Finding.ok("settings", "Nothing is wrong with them."))
                : faults.stream().map(fault -> Finding.trouble("settings", fault, "Correct it; wallwhale config show tells where it comes from."));
    }

    /** Looks in a folder of its own: there is no data folder yet, and none is to be made. */
    private ToolCheck inPassing(Path tool) {
        try {
            Path folder = Files.createTempDirectory("wallwhale-doctor-");
            try {
                Map<String, String> changes = Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.engine.depotdownloader-path", tool.toString());
                ToolCheck check = new ToolCheck(new EngineConfig(new Settings(
                        key -> Optional.ofNullable(changes.get(key)).or(() -> settings.get().text(key)))));
                check.look();
                return check;
            } finally {
                DataFolder.deleteTree(folder);
            }
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.FAILED, "No folder can be made for a moment (" + e.getMessage() + "): look at the disk of "
                    + System.getProperty("java.io.tmpdir") + ".");
        }
    }

    private Finding engine() {
        EngineConfig config = new EngineConfig(settings.get());
        ToolCheck check = new ToolCheck(config);
        boolean fresh = Files.notExists(new DataFolder(settings.get()).root());
        if (fresh && config.depotDownloader().isPresent()) {
            check = inPassing(config.depotDownloader().get());
        } else {
            check.look();
        }
        String where = config.depotDownloader().map(path -> "DepotDownloader at " + path).orElse("");
        return switch (check.state()) {
            case READY -> Finding.ok("engine", where + " is " + check.version().orElse("ready") + ".");
            case NONE -> Finding.trouble("engine", "There is no DepotDownloader: only the sandbox, and items that are one web file, can be "
                    + "downloaded.", "wallwhale engine install fetches one, or name yours in WALLWHALE_ENGINE_DEPOTDOWNLOADER_PATH.");
            case MISSING -> Finding.trouble("engine", where + " is not there, or not executable.",
                    "Put it there, set its run bit, or correct WALLWHALE_ENGINE_DEPOTDOWNLOADER_PATH.");
            case OLD -> Finding.trouble("engine", where + " is " + check.version().orElse("old") + ": before 3.4.0 it cannot read what Steam "
                    + "sends today.", "Install 3.4.0 or newer in its place.");
            case BROKEN, UNKNOWN -> Finding.trouble("engine", where + " names no version of itself.",
                    "Run it with --version: it may be another program, or lack a library.");
        };
    }
}
