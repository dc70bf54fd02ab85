package org.wallwhale.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
    @TempDir
    Path folder;
    private Program program;

    @BeforeEach
    void prepare() throws IOException {
        program = new Program(folder);
    }

    @Test
    void aKilledRunIsFinishedByTheNextOneFromAnyHome() throws IOException {
        assertThat(program.download("06", "").status()).isEqualTo(137);
        assertThat(program.file(".DepotDownloader/depot.config")).isNotEmptyFile();
        program.environment("HOME", Files.createDirectories(folder.resolve("other home")).toString());
        Files.delete(program.file("preview.gif"));
        Program.Result second = program.download("06", "");
        assertThat(second.status()).isZero();
        assertThat(second.out()).contains("Already have manifest ", "Validating " + program.file("project.json") + "\n",
                "Pre-allocating " + program.file("preview.gif") + "\n", "(1310720 bytes uncompressed) from 1 depots");
        Program whole = new Program(folder.resolve("whole"));
        whole.download("06", "");
        whole.download("06", "");
        assertThat(program.file("scenes/Größe 壁紙.pkg")).hasSameBinaryContentAs(whole.file("scenes/Größe 壁紙.pkg"));
    }

    @Test
    void aFinishedItemIsNotFetchedAgain() throws IOException {
        program.download("05", "");
        Program.Result second = program.download("05", "");
        assertThat(second.out()).contains("Already have manifest ", "% " + program.file("preview.gif") + "\n",
                "Total downloaded: 0 bytes (0 bytes uncompressed) from 1 depots").doesNotContain("Validating", "Pre-allocating");
    }

    @Test
    void validatingFindsDamage() throws IOException {
        program.download("00", "");
        Files.writeString(program.file("project.json"), "damaged");
        assertThat(program.download("00", "").out()).contains("Total downloaded: 0 bytes");
        assertThat(program.download("00", "", "-validate").out())
                .contains("Validating ").doesNotContain("Total downloaded: 0 bytes");
        assertThat(program.file("project.json")).content().contains("Sandbox wallpaper");
    }

    @Test
    void anUpdateRemovesWhatIsNoLongerThere() throws IOException {
        program.download("07", "");
        Program.Result second = program.download("07", "");
        assertThat(second.out())
                .contains("Downloading depot 431960 manifest").containsOnlyOnce("Deleted " + program.file("versions"));
        assertThat(program.file("versions").toFile().list()).hasSize(1);
    }

    @Test
    void aDamagedManifestIsFetchedAgain() throws IOException {
        program.knob("manifest", "9");
        program.download("00", "");
        Files.writeString(program.file(".DepotDownloader/431960_9.manifest"), "damaged");
        Program.Result second = program.download("00", "");
        assertThat(second.status()).isZero();
        assertThat(second.out())
                .contains("Manifest 9 on disk did not match the expected checksum.\nDownloading depot 431960 manifest\n");
    }

    @Test
    void aDamagedDepotConfigIsACrash() throws IOException {
        program.download("00", "");
        Files.write(program.file(".DepotDownloader/depot.config"), new byte[0]);
        assertThat(program.download("00", "").status()).isEqualTo(134);
    }

    @Test
    void aLongerLeftoverInStagingKeepsItsEnd() throws IOException {
        Path staging = Files.createDirectories(program.file(".DepotDownloader/staging"));
        Files.write(staging.resolve("wallpaper-3704.pkg"), new byte[(2 << 20) + 5]);
        program.download("04", "");
        assertThat(program.file("wallpaper-3704.pkg")).hasSize((2 << 20) + 5);
    }
}
