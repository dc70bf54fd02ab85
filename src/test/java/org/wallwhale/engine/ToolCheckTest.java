package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.Settings;

@DisabledOnOs(OS.WINDOWS)
class ToolCheckTest {
    @TempDir
    private Path folder;

    private ToolCheck check(String... lines) throws IOException {
        Map<String, String> settings = Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.engine.depotdownloader-path",
                tool(lines).toString());
        return new ToolCheck(new EngineConfig(new Settings(key -> Optional.ofNullable(settings.get(key)))));
    }

    private Path tool(String... lines) throws IOException {
        Path tool = folder.resolve("tool");
        Files.writeString(tool, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aToolNamesItsVersion() throws IOException {
        ToolCheck check = check("echo 'DepotDownloader v3.4.0+c553ef4d'", "echo 'Runtime: .NET 9.0.4 on Linux'");
        assertThat(check.state()).isEqualTo(ToolState.UNKNOWN);
        check.look();
        assertThat(check.state()).isEqualTo(ToolState.READY);
        assertThat(check.version()).contains("3.4.0");
    }

    @Test
    void oneBefore34IsOld() throws IOException {
        ToolCheck check = check("echo 'DepotDownloader v2.7.4'");
        check.look();
        assertThat(check.state()).isEqualTo(ToolState.OLD);
        assertThat(check.version()).contains("2.7.4");
    }

    @Test
    void oneThatSaysNothingOfItselfIsBrokenUntilItDoes() throws IOException {
        ToolCheck check = check("exit 1");
        check.look();
        assertThat(check.state()).isEqualTo(ToolState.BROKEN);
        tool("echo 'DepotDownloader v3.5.0'");
        check.look();
        assertThat(check.state()).isEqualTo(ToolState.READY);
    }

    @Test
    void oneThatIsTakenAwayIsMissingAtOnce() throws IOException {
        ToolCheck check = check("echo 'DepotDownloader v3.4.0'");
        check.look();
        Files.delete(folder.resolve("tool"));
        assertThat(check.state()).isEqualTo(ToolState.MISSING);
        check.look();
        assertThat(check.state()).isEqualTo(ToolState.MISSING);
    }

    @Test
    void itIsAskedOnceForEachFile() throws IOException {
        ToolCheck check = check("echo x >> " + folder.resolve("times"), "echo 'DepotDownloader v3.4.0'");
        check.look();
        check.look();
        assertThat(Files.readAllLines(folder.resolve("times"))).hasSize(1);
        Files.setLastModifiedTime(folder.resolve("tool"), FileTime.fromMillis(1));
        check.look();
        assertThat(Files.readAllLines(folder.resolve("times"))).hasSize(2);
    }

    @Test
    void itGetsNothingOfTheServersEnvironmentAndItsHomeTakesFiles() throws IOException {
        ToolCheck check = check("env | cut -d= -f1 | sort > " + folder.resolve("names"), "echo x > \"$HOME/x\" && echo 'DepotDownloader v3.4.0'");
        check.look();
        assertThat(check.state()).isEqualTo(ToolState.READY);
        assertThat(Files.readAllLines(folder.resolve("names"))).isSubsetOf("DOTNET_EnableDiagnostics", "DOTNET_gcServer", "HOME", "LC_ALL",
                "PATH", "PWD", "OLDPWD", "SHLVL", "_");
        try (var left = Files.list(folder.resolve("engine"))) {
            assertThat(left).isEmpty();
        }
    }
}
