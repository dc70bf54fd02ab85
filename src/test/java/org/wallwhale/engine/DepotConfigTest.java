package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepotConfigTest {
    /** {1: {1: 294100, 2: 6018842397654710423}}, encoded by hand. */
    static final String FINISHED = "0a0e" + "08d4f911" + "1097f193fad7a8cec353";
    /** {1: {1: 294100, 2: 18446744073709551615}}. */
    static final String UNFINISHED = "0a0f" + "08d4f911" + "10ffffffffffffffffff01";

    @TempDir
    Path folder;

    @Test
    void onlyCompleteDepotsAreTold() throws IOException {
        Path file = folder.resolve("depot.config");
        write(file, FINISHED);
        assertThat(DepotConfig.finished(file)).isEqualTo(Map.of(294100L, "6018842397654710423"));
        write(file, UNFINISHED);
        assertThat(DepotConfig.finished(file)).isEmpty();
    }

    @Test
    void noFileMeansNothingIsComplete() throws IOException {
        assertThat(DepotConfig.finished(folder.resolve("none"))).isEmpty();
    }

    @Test
    void aTornFileIsToldApart() throws IOException {
        Path file = folder.resolve("depot.config");
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> DepotConfig.finished(file)).isInstanceOf(IOException.class);
        write(file, FINISHED + "00");
        assertThatThrownBy(() -> DepotConfig.finished(file)).isInstanceOf(IOException.class);
        write(file, FINISHED.substring(0, 24));
        assertThatThrownBy(() -> DepotConfig.finished(file)).isInstanceOf(IOException.class);
    }

    static void write(Path file, String hex) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(packed, new Deflater(9, true))) {
            out.write(HexFormat.of().parseHex(hex));
        }
        Files.write(file, packed.toByteArray());
    }
}
