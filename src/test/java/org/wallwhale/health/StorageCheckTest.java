package org.wallwhale.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StorageCheckTest {
    @TempDir
    private Path folder;

    @Test
    void aProbeLeavesNothing() throws IOException {
        StorageCheck.write(folder.resolve(".probe"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatAKilledServerLeftIsNoFault() throws IOException {
        StorageCheck.write(Files.writeString(folder.resolve(".probe"), "left"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsNoticedThoughItTakesAnEmptyFile() throws IOException {
        Path full = Files.createSymbolicLink(folder.resolve(".probe"), Path.of("/dev/full"));
        assertThatThrownBy(() -> StorageCheck.write(full)).isInstanceOf(IOException.class).hasMessageContaining("No space");
        assertThat(folder).isEmptyDirectory();
    }
}
