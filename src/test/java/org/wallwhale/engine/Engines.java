package org.wallwhale.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.wallwhale.config.Settings;

/** Builds the engine with short times and a beating heart, and fetches for it. */
final class Engines {
    private Engines() {
    }

    static EngineConfig config(Path folder, Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "wallwhale.data-dir", folder.toString(),
                "wallwhale.engine.stall-after-seconds", "60",
                "wallwhale.engine.login-stall-after-seconds", "60",
                "wallwhale.engine.answer-within-seconds", "4",
                "wallwhale.engine.max-downloads", "8",
                "wallwhale.store.min-free-bytes", "1073741824"));
        settings.putAll(changes);
        return new EngineConfig(new Settings(key -> Optional.ofNullable(settings.get(key))));
    }

    /** To be ended by {@link #stop}. */
    static ScheduledExecutorService beating(DepotDownloader engine) {
        ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        heart.scheduleAtFixedRate(engine::beat, 0, 1, TimeUnit.SECONDS);
        return heart;
    }

    static void stop(ScheduledExecutorService heart) throws InterruptedException {
        heart.shutdown();
        heart.awaitTermination(10, TimeUnit.SECONDS);
    }

    static Fetch anonymous(DepotDownloader engine, Path folder, String item) throws IOException {
        return new Fetch(engine.sandbox(), 431960, item, Optional.empty(), folder.resolve("home"), folder.resolve("target"),
                false, Duration.ofSeconds(60));
    }
}
