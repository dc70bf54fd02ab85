package org.wallwhale.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;

class InstanceTest {
    @TempDir
    private Path data;

    @Test
    void twoOfOneNameNeverShareADataFolder() {
        Instance first = instance("one");
        first.join();
        Instance other = instance("other");
        other.join();
        assertThatThrownBy(instance("one")::join).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another server named one").hasMessageContaining("WALLWHALE_INSTANCE_ID");
        first.leave();
        Instance next = instance("one");
        next.join();
        next.leave();
        other.leave();
    }

    private Instance instance(String id) {
        Map<String, String> values = Map.of("wallwhale.data-dir", data.toString(), "wallwhale.instance-id", id, "wallwhale.http.port", "8080");
        Settings settings = new Settings(key -> Optional.ofNullable(values.get(key)));
        return new Instance(new InstanceConfig(settings), new DataFolder(settings));
    }
}
