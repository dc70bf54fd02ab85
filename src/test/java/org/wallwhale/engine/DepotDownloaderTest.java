package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepotDownloaderTest {
    @TempDir
    Path folder;
    private final Witness witness = new Witness();
    private DepotDownloader engine;
    private ScheduledExecutorService heart;

    @BeforeEach
    void startTheHeart() {
        engine = new DepotDownloader(Engines.config(folder, Map.of()));
        heart = Engines.beating(engine);
    }

    @AfterEach
    void stopTheHeart() {
        heart.shutdownNow();
    }

    @Test
    void aSmallItemIsFetched() throws Exception {
        Outcome outcome = engine.fetch(Engines.anonymous(engine, folder, "3000000000"), witness);
        assertThat(outcome).isInstanceOf(Outcome.Fetched.class);
        Outcome.Fetched fetched = (Outcome.Fetched) outcome;
        assertThat(fetched.files()).extracting(FetchedFile::path)
                .containsExactly("preview.gif", "project.json", "scenes/Größe 壁紙.pkg");
        assertThat(fetched.version()).matches("\\d{10,20}");
        assertThat(folder.resolve("target/content")).isDirectoryNotContaining("glob:**/.DepotDownloader");
        assertThat(witness.lines.get(0)).startsWith("SANDBOX: this is a scripted stand-in");
        assertThat(witness.lines).contains("Pre-allocating project.json").noneMatch(line -> line.contains(folder.toString()));
        assertThat(witness.phases).containsExactly(FetchPhase.LOGIN, FetchPhase.DOWNLOADING, FetchPhase.VERIFYING);
        assertThat(witness.progress).extracting(Progress::percent).isSorted().endsWith(100);
        assertThat(witness.child.isAlive()).isFalse();
    }
}
