package org.wallwhale.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.engine.ToolCheck;
import org.wallwhale.engine.ToolState;

class EngineCheckTest {
    @TempDir
    private Path folder;

    @Test
    void anAdministratorIsToldWhatIsWrongWithTheToolAndNotWhereItLies() throws IOException {
        Path tool = folder.resolve("tool");
        Files.writeString(tool, "#!/bin/sh\necho 'DepotDownloader v2.7.4'\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Beans beans = new Beans(TestDatabase.h2(), Map.of("wallwhale.data-dir", folder.resolve("data").toString(),
                "wallwhale.engine.depotdownloader-path", tool.toString()))) {
            EngineCheck check = beans.get(EngineCheck.class);
            EngineView unknown = check.view(true);
            assertThat(unknown.state()).isEqualTo(ToolState.UNKNOWN);
            assertThat(unknown.problem()).isNull();
            beans.get(ToolCheck.class).look();
            EngineView old = check.view(true);
            assertThat(old.found()).isTrue();
            assertThat(old.state()).isEqualTo(ToolState.OLD);
            assertThat(old.version()).isEqualTo("2.7.4");
            assertThat(old.problem()).contains("2.7.4").endsWith(".");
            assertThat(old.cure()).contains("3.4.0").endsWith(".");
            Files.delete(tool);
            EngineView missing = check.view(false);
            assertThat(missing.found()).isFalse();
            assertThat(missing.sandboxEnabled()).isFalse();
            assertThat(old.toString() + missing).doesNotContain(folder.toString());
        }
    }
}
