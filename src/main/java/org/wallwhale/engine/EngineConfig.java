package org.wallwhale.engine;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;

/** Settings of the engine; their meaning and defaults stand in {@code microprofile-config.properties}. */
@Dependent
public class EngineConfig {
    private static final String TOOL = "wallwhale.engine.depotdownloader-path";
    private static final String WEB_FILE_HOSTS = "wallwhale.engine.web-file-hosts";
    private final Optional<Path> depotDownloader;
    private final DataFolder data;
    private final Duration stallAfter;
    private final Duration loginStallAfter;
    private final Duration answerWithin;
    private final int maxDownloads;
    private final long minFreeBytes;
    private final List<String> webFileHosts;

    @Inject
    public EngineConfig(Settings settings) {
        data = new DataFolder(settings);
        depotDownloader = settings.path(TOOL).or(() -> Optional.of(installed(data)).filter(Files::isExecutable));
        depotDownloader.filter(path -> !Files.isExecutable(path) || Files.isDirectory(path)).ifPresent(path ->
                settings.fault(TOOL, "must name an executable DepotDownloader 3.4.0 or newer, but " + path + " is none"));
        stallAfter = settings.seconds("wallwhale.engine.stall-after-seconds", 2, 86_400);
        loginStallAfter = settings.seconds("wallwhale.engine.login-stall-after-seconds", 2, 86_400);
        answerWithin = settings.seconds("wallwhale.engine.answer-within-seconds", 1, 3_600);
        maxDownloads = settings.wholeNumber("wallwhale.engine.max-downloads", 1, 64);
        // the store's: below it nothing is started, and what has no known end goes no further
        minFreeBytes = settings.bytes("wallwhale.store.min-free-bytes", 0, Long.MAX_VALUE);
        webFileHosts = settings.text(WEB_FILE_HOSTS).stream().flatMap(text -> Stream.of(text.split("[,\\s]+"))).toList();
        webFileHosts.stream().filter(entry -> !WebFileHosts.isEntry(entry)).forEach(entry -> settings.fault(WEB_FILE_HOSTS,
                "must hold hosts such as *.steamusercontent.com, separated by commas, but has \"" + entry + "\""));
    }

    /** Where a tool is found without a setting. The place stays: the tool finds its saved sessions by it. */
    public static Path installed(DataFolder data) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return data.root().resolve("engine").resolve("depotdownloader").resolve(windows ? "DepotDownloader.exe" : "DepotDownloader");
    }

    /** The operator's own tool, or the one at {@link #installed}; absent when there is neither. It may be gone again when it is used. */
    public Optional<Path> depotDownloader() {
        return depotDownloader;
    }

    /** Below the data folder, made if it is missing: unpacked programs and this process's heartbeat. */
    public Path toolsFolder() {
        return data.folder("engine");
    }

    public Duration stallAfter() {
        return stallAfter;
    }

    public Duration loginStallAfter() {
        return loginStallAfter;
    }

    public Duration answerWithin() {
        return answerWithin;
    }

    public int maxDownloads() {
        return maxDownloads;
    }

    long minFreeBytes() {
        return minFreeBytes;
    }

    /** What {@link WebFileHosts} takes. */
    List<String> webFileHosts() {
        return webFileHosts;
    }
}
