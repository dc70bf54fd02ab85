package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.Settings;

class EngineConfigTest {
    private final Properties properties = defaults();

    @Test
    void theDefaultsAreLegal(@TempDir Path folder) {
        properties.setProperty("wallwhale.data-dir", folder.toString());
        Settings settings = settings();
        EngineConfig config = new EngineConfig(settings);
        assertThat(settings.faults()).isEmpty();
        assertThat(config.depotDownloader()).isEmpty();
        assertThat(config.stallAfter()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.loginStallAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.answerWithin()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.maxDownloads()).isEqualTo(8);
    }

    @Test
    void theToolsFolderIsPrivate(@TempDir Path folder) throws IOException {
        properties.setProperty("wallwhale.data-dir", folder.toString());
        Path tools = new EngineConfig(settings()).toolsFolder();
        assertThat(tools).isEqualTo(folder.resolve("engine"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tools))).isEqualTo("rwx------");
    }

    @Test
    void everyFaultIsNamed() {
        properties.setProperty("wallwhale.engine.max-downloads", "0");
        properties.setProperty("wallwhale.engine.stall-after-seconds", "soon");
        Settings settings = settings();
        new EngineConfig(settings);
        assertThat(settings.faults()).hasSize(2).anyMatch(fault -> fault.contains("WALLWHALE_ENGINE_MAX_DOWNLOADS"));
    }

    private Settings settings() {
        return new Settings(key -> Optional.ofNullable(properties.getProperty(key)));
    }

    private static Properties defaults() {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(EngineConfig.class.getResourceAsStream(
                "/META-INF/microprofile-config.properties"), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return properties;
    }
}
