package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.engine.OutputParser.Sign;

class GaugeTest {
    @TempDir
    Path folder;
    private final Clock clock = new Clock();
    private Fetch fetch;
    private Workspace workspace;

    @BeforeEach
    void prepare() throws IOException {
        fetch = Engines.anonymous(new DepotDownloader(Engines.config(folder, Map.of())), folder, "3000000000");
        workspace = new Workspace(fetch);
        workspace.prepare();
    }

    @Test
    void anItemThatTheDiskHasNoRoomForIsToldAsSoonAsItsSizeIsKnown() throws IOException {
        file(Files.getFileStore(folder).getUsableSpace() + (1L << 30));
        assertThat(measured().fullDisk()).map(Failure::reason).contains(Reason.DISK_FULL);
    }

    @Test
    void anItemThatFitsIsNone() throws IOException {
        file(1 << 20);
        assertThat(measured().fullDisk()).isEmpty();
    }

    @Test
    void aLargeTreeIsWalkedSeldom() throws IOException {
        Gauge gauge = new Gauge(fetch, workspace, Duration.ofMinutes(2), () -> {
            clock.pass(Duration.ofSeconds(1));
            return clock.getAsLong();
        });
        file(1 << 20);
        assertThat(total(gauge, Duration.ofSeconds(2))).contains(1L << 20);
        file(2 << 20);
        assertThat(total(gauge, Duration.ofSeconds(10))).isNotEqualTo(Optional.of(2L << 20));
        assertThat(total(gauge, Duration.ofSeconds(60))).contains(2L << 20);
        gauge.close();
    }

    private Optional<Long> total(Gauge gauge, Duration later) {
        gauge.line(Sign.PREPARING, clock.getAsLong());
        clock.pass(later);
        return gauge.measure(clock.getAsLong()).map(Progress::bytesTotal);
    }

    private void file(long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(fetch.content().resolve("sparse").toFile(), "rw")) {
            file.write(new byte[1 << 16]);
            file.setLength(bytes);
        }
    }

    private Gauge measured() {
        Gauge gauge = new Gauge(fetch, workspace, Duration.ofMinutes(2), clock);
        gauge.line(Sign.PREPARING, clock.getAsLong());
        Waiting.until("du has measured", Duration.ofSeconds(30), () -> {
            gauge.measure(clock.getAsLong());
            return gauge.allocatedBytes() > 0;
        });
        clock.pass(Duration.ofSeconds(2));
        gauge.measure(clock.getAsLong());
        gauge.close();
        return gauge;
    }
}
