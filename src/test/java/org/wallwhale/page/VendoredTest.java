package org.wallwhale.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page brings that others wrote. */
class VendoredTest {
    private static final Path FOLDER = Path.of("src/main/webapp/app/vendor");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|.*\\]\\((\\S+)\\) \\| `([0-9a-f]{64})` \\|");

    @Test
    void eachFileIsOnRecordWithItsHashAndItsLicence() throws Exception {
        Map<String, String> recorded = new TreeMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("README.md"))) {
            ROW.matcher(line).results().forEach(row -> {
                assertThat(FOLDER.resolve(row.group(2))).exists();
                recorded.put(row.group(1), row.group(3));
            });
        }
        Map<String, String> found = new TreeMap<>();
        for (Path file : files()) {
            found.put(file.getFileName().toString(), HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
        }
        assertThat(found).isEqualTo(recorded).hasSize(4);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.filter(file -> file.toString().matches(".*\\.(js|css)")).toList();
        }
    }
}
