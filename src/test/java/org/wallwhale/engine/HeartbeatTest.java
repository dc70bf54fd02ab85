package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
    @TempDir
    Path folder;

    @Test
    void everyBeatChangesTheFileInPlace() throws IOException {
        Heartbeat heartbeat = new Heartbeat(folder);
        heartbeat.beat();
        assertThat(heartbeat.file()).hasContent("0000000000000000001\n");
        Object inode = Files.getAttribute(heartbeat.file(), "unix:ino");
        heartbeat.beat();
        assertThat(heartbeat.file()).hasContent("0000000000000000002\n");
        assertThat(Files.getAttribute(heartbeat.file(), "unix:ino")).isEqualTo(inode);
    }

    @Test
    void anInterruptDoesNotStopTheHeart() throws IOException {
        Heartbeat heartbeat = new Heartbeat(folder);
        Thread.currentThread().interrupt();
        heartbeat.beat();
        heartbeat.beat();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(heartbeat.file()).hasContent("0000000000000000002\n");
    }

    @Test
    void twoServersHaveTwoHeartsAndOldOnesAreRemoved() throws IOException {
        Path old = Files.writeString(folder.resolve("heartbeat-old"), "7\n");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        Heartbeat first = new Heartbeat(folder);
        Heartbeat second = new Heartbeat(folder);
        first.beat();
        second.beat();
        assertThat(old).doesNotExist();
        assertThat(first.file()).exists().isNotEqualTo(second.file());
    }

    @Test
    void aHeartThatWasTakenForDeadBeatsAgain() throws IOException {
        Heartbeat heartbeat = new Heartbeat(folder);
        heartbeat.beat();
        Files.delete(heartbeat.file());
        heartbeat.beat();
        assertThat(heartbeat.file()).hasContent("0000000000000000002\n");
    }
}
