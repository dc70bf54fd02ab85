package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wallwhale.config.Setting;
import org.wallwhale.config.Settings;

/** The table of all settings in docs/operations.md is the file of the defaults, and that has every setting that is read. */
class SettingsDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/operations.md");
    private static final String HEAD = "| setting | variable | default | meaning |\n|---|---|---|---|\n";
    private static final String BEGIN = "<!-- written by SettingsDocumentTest -->\n";
    private static final String END = "<!-- end of what is written -->\n";

    /** With {@code -Dsettings.write} it writes the table instead. */
    @Test
    void theTableIsTheFileOfTheDefaults() throws IOException {
        String table = HEAD + Setting.all().stream().map(SettingsDocumentTest::row).collect(Collectors.joining());
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
    void theFileHasEverySettingThatIsReadAndNoOther() {
        Map<String, String> values = Setting.all().stream().collect(Collectors.toMap(Setting::name, Setting::defaultText));
        Settings settings = new Settings(key -> Optional.of(key.equals("mp.jwt.verify.issuer") ? "another" : values.getOrDefault(key, "")));
        Configuration.faults(settings, Set.of(), "UTF-8");
        assertThat(new TreeSet<>(values.keySet())).isEqualTo(new TreeSet<>(settings.asked()));
    }

    @Test
    void everySettingSaysWhatItMeans() {
        assertThat(Setting.all()).allSatisfy(setting -> assertThat(setting.meaning()).as(setting.name()).endsWith("."));
    }

    private static String row(Setting setting) {
        String value = setting.defaultText();
        return "| `" + setting.name() + "` | `" + setting.variable() + "` | " + (value.isEmpty() ? "–" : "`" + value.replace(",", "`, `") + "`")
                + " | " + setting.meaning().replace("|", "\\|").replace("<", "&lt;") + " |\n";
    }
}
