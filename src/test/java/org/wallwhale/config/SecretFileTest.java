package org.wallwhale.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
    @TempDir
    private Path root;
    private DataFolder folder;

    @BeforeEach
    void configure() {
        folder = new DataFolder(new Settings(key -> Optional.of(root.toString())));
    }

    @Test
    void aSecretIsMadeOnceAndAlone() throws IOException {
        assertThat(folder.secret("key", () -> new byte[] {1})).containsExactly(1);
        assertThat(folder.secret("key", () -> new byte[] {2})).containsExactly(1);
        assertThat(root.resolve("secrets")).isDirectoryContaining(file -> file.endsWith("key")).isDirectoryNotContaining("glob:**/.new-*");
    }

    @Test
    void aSecretThatOthersMayReadOrChangeIsClosedToThemBeforeItIsUsed() throws IOException {
        Path file = Files.write(folder.folder("secrets").resolve("key"), new byte[] {1});
        for (String mode : List.of("rw-r--r--", "rw-rw----", "rw-----w-")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThat(folder.secret("key", () -> new byte[] {2})).containsExactly(1);
            assertThat(Files.getPosixFilePermissions(file)).as(mode).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void aSecretThatTheOwnersGroupMayReadStaysAsItIs() throws IOException {
        Path file = Files.write(folder.folder("secrets").resolve("key"), new byte[] {1});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        folder.secret("key", () -> new byte[] {2});
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void aCopyThatAKilledProcessLeftGoesAndOneInTheMakingStays() throws IOException {
        Path left = Files.writeString(folder.folder("secrets").resolve(".new-1"), "a secret");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path inTheMaking = Files.writeString(left.resolveSibling(".new-2"), "a secret");
        folder.secret("key", () -> new byte[] {1});
        assertThat(left).doesNotExist();
        assertThat(inTheMaking).exists();
    }
}
