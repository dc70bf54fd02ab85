package org.wallwhale.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.secret.Place;
import org.wallwhale.secret.Sealing;
import org.wallwhale.secret.SealingKeys;
import org.wallwhale.secret.Secret;

class SealingConfigTest {
    private static final Place PLACE = new Place("things", 1, "secret");
    private static final String FILE = "wallwhale.secret.sealing-keys-file";
    @TempDir
    private Path folder;
    private final Map<String, String> values = new HashMap<>();
    private final Settings settings = new Settings(key -> key.equals("wallwhale.data-dir") ? Optional.of(folder.toString())
            : Optional.ofNullable(values.get(key)));

    @Test
    void theFirstKeyIsMadeAtTheFirstUseAndForTheOwnerAlone() throws IOException {
        SealingConfig config = new SealingConfig(settings);
        Path keys = folder.resolve("secrets/sealing-keys");
        assertThat(keys).doesNotExist();
        String sealed = config.sealing().seal(Secret.of("x"), PLACE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys))).isEqualTo("rw-------");
        assertThat(new SealingConfig(settings).sealing().open(sealed, PLACE)).isEqualTo(Secret.of("x"));
        assertThat(settings.faults()).isEmpty();
    }

    @Test
    void aKeyThatIsAddedSealsWithoutARestart() throws IOException {
        Sealing sealing = new SealingConfig(settings).sealing();
        String old = sealing.seal(Secret.of("x"), PLACE);
        Files.writeString(folder.resolve("secrets/sealing-keys"), SealingKeys.newLine().reveal(), StandardOpenOption.APPEND);
        assertThat(sealing.needsResealing(old, PLACE)).isTrue();
        assertThat(sealing.needsResealing(sealing.seal(Secret.of("x"), PLACE), PLACE)).isFalse();
        assertThat(sealing.open(old, PLACE)).isEqualTo(Secret.of("x"));
    }

    @Test
    void aConfiguredFileIsUsedAndNoneIsMade() throws IOException {
        values.put(FILE, file(SealingKeys.newLine().reveal(), "rw-r-----").toString());
        new SealingConfig(settings).sealing().seal(Secret.of("x"), PLACE);
        assertThat(settings.faults()).isEmpty();
        assertThat(folder.resolve("secrets")).doesNotExist();
    }

    @Test
    void aFileThatCannotServeIsToldInASentenceWithoutItsContent() throws IOException {
        String line = SealingKeys.newLine().reveal();
        assertFault(file(line, "rw-r--r--"), "other users may read or change it: set its mode to 600");
        assertFault(file(line + line.substring(5), "rw-------"), "its line 2 is no key");
        assertFault(file("", "rw-------"), "it holds no key");
        assertFault(folder.resolve("missing"), "it cannot be read as a file by this user");
    }

    private void assertFault(Path file, String sentence) {
        values.put(FILE, file.toString());
        int before = settings.faults().size();
        new SealingConfig(settings);
        assertThat(settings.faults()).hasSize(before + 1).last().asString()
                .startsWith("WALLWHALE_SECRET_SEALING_KEYS_FILE uses " + file + ", but " + sentence);
    }

    private Path file(String content, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
