package org.wallwhale.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with an engine of its own, whose heart beats. */
abstract class EngineTest {
    @TempDir
    Path folder;
    final Witness witness = new Witness();
    DepotDownloader engine;
    private ScheduledExecutorService heart;

    @BeforeEach
    void startTheHeart() {
        engine = new DepotDownloader(Engines.config(folder, Map.of()));
        heart = Engines.beating(engine);
    }

    @AfterEach
    void stopTheHeart() throws InterruptedException {
        Engines.stop(heart);
    }
}
