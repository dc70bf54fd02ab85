package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wallwhale.config.Settings;

/** The table of all settings in docs/operations.md is the file of the defaults, and that has every setting that is read. */
class SettingsDocumentTest {
    private static final Path DEFAULTS = Path.of("src/main/resources/META-INF/microprofile-config.properties");
    private static final Path DOCUMENT = Path.of("docs/operations.md");
    private static final Pattern SETTING = Pattern.compile("#?((?:wallwhale|mp\\.jwt)\\.[a-z.-]+)=(.*)");
    private static final String HEAD = "| setting | variable | default | meaning |\n|---|---|---|---|\n";
    private static final String BEGIN = "<!-- written by SettingsDocumentTest -->\n";
    private static final String END = "<!-- end of what is written -->\n";

    private record Row(String key, String value, String meaning) {
        @Override
        public String toString() {
            return "| `" + key + "` | `" + Settings.variable(key) + "` | " + (value.isEmpty() ? "–" : "`" + value.replace(",", "`, `") + "`")
                    + " | " + meaning.replace("|", "\\|").replace("<", "&lt;") + " |\n";
        }
    }

    /** With {@code -Dsettings.write} it writes the table instead. */
    @Test
    void theTableIsTheFileOfTheDefaults() throws IOException {
        String table = HEAD + rows().stream().map(Row::toString).collect(Collectors.joining());
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        assertThat(begin).as("the marks around the table").isBetween(BEGIN.length(), end);
        if (System.getProperty("settings.write") != null) {
            document = document.substring(0, begin) + table + document.substring(end);
            Files.writeString(DOCUMENT, document);
            end = document.indexOf(END);
        }
        assertThat(document.substring(begin, end)).as("mvn test -Dtest=SettingsDocumentTest -Dsettings.write writes it").isEqualTo(table);
    }

    @Test
    void theFileHasEverySettingThatIsReadAndNoOther() throws IOException {
        Map<String, String> values = rows().stream().collect(Collectors.toMap(Row::key, Row::value));
        Settings settings = new Settings(key -> Optional.of(key.equals("mp.jwt.verify.issuer") ? "another" : values.getOrDefault(key, "")));
        Configuration.faults(settings, Set.of(), "UTF-8");
        assertThat(new TreeSet<>(values.keySet())).isEqualTo(new TreeSet<>(settings.asked()));
    }

    @Test
    void everySettingSaysWhatItMeans() throws IOException {
        assertThat(rows()).allSatisfy(row -> assertThat(row.meaning()).as(row.key()).endsWith("."));
    }

    /** In the file's order, each with the lines of comment right above it. */
    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> comment = new ArrayList<>();
        for (String line : Files.readAllLines(DEFAULTS)) {
            Matcher setting = SETTING.matcher(line);
            if (setting.matches()) {
                rows.add(new Row(setting.group(1), setting.group(2), String.join(" ", comment)));
            }
            if (line.startsWith("# ")) {
                comment.add(line.substring(2));
            } else {
                comment.clear();
            }
        }
        return rows;
    }
}
