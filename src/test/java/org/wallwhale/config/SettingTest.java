package org.wallwhale.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingTest {
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "jdbc:postgresql://host/name jdbc:postgresql://host/name",
        "jdbc:postgresql://ann:pass@host/name jdbc:postgresql://***@host/name",
        "jdbc:postgresql://host/name?user=ann&password=p&ssl=true jdbc:postgresql://host/name?user=***&password=***&ssl=true",
        "jdbc:postgresql://host/name?ssl=true&sslpassword=p jdbc:postgresql://host/name?ssl=true&sslpassword=***",
        "jdbc:h2:file:data/db;USER=ann;PASSWORD=p;WRITE_DELAY=0 jdbc:h2:file:data/db;USER=***;PASSWORD=***;WRITE_DELAY=0",
        "jdbc:postgresql://ann:p@ss@host/name jdbc:postgresql://***@host/name",
        "jdbc:postgresql://host/name?password=p;q&ssl=true jdbc:postgresql://host/name?password=***&ssl=true",
        "jdbc:h2:file:data/db;PASSWORD=p&q\\;r;WRITE_DELAY=0 jdbc:h2:file:data/db;PASSWORD=***;WRITE_DELAY=0",
        "jdbc:h2:file:data/db;MODE=x;init=create\\;a;b jdbc:h2:file:data/db;MODE=x;init=***",
        "https://host/path?a=b https://host/path?a=b",
        "https://steamcommunity.com,https://www.wallpaperengine.space https://steamcommunity.com,https://www.wallpaperengine.space",
    })
    void anAddressIsShownWithoutCredentials(String value, String shown) {
        assertThat(new Setting("wallwhale.db.url", "", "").shown(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"wallwhale.db.password,true", "wallwhale.admin.password,true", "wallwhale.api-key,true", "mp.jwt.verify.publickey,true",
        "wallwhale.secret.sealing-keys-file,false", "wallwhale.access.token-key-file,false", "wallwhale.worker.slots,false"})
    void aSecretIsNotShown(String name, boolean secret) {
        assertThat(new Setting(name, "", "").shown("value")).isEqualTo(secret ? "***" : "value");
    }

    @Test
    void whatIsReadAsASecretIsNotShown() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java")).filter(file -> file.toString().endsWith(".java"))) {
            for (Path source : sources.toList()) {
                Pattern.compile("settings\\.secret\\(\"([^\"]+)\"\\)").matcher(Files.readString(source)).results()
                        .forEach(read -> assertThat(new Setting(read.group(1), "", "").shown("value")).as(read.group()).isEqualTo("***"));
            }
        }
    }

    @Test
    void whereAValueComesFromIsToldWithoutAPath() {
        Setting setting = new Setting("wallwhale.worker.slots", "4", "");
        assertThat(EffectiveSettings.source(setting, "4", "PropertiesConfigSource[source=file:/srv/x/microprofile-config.properties]")).isEqualTo("default");
        assertThat(EffectiveSettings.source(setting, "5", "PropertiesConfigSource[source=file:/srv/x/other.properties]")).isEqualTo("other.properties]");
        assertThat(EffectiveSettings.source(new Setting("java.version", "", ""), System.getProperty("java.version"), "x")).isEqualTo("system property");
        assertThat(EffectiveSettings.source(new Setting("PATH", "", ""), System.getenv("PATH"), "x")).isEqualTo("environment");
    }
}
