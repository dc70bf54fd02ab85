package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.Settings;

class ConfigurationTest {
    @TempDir
    private Path folder;

    @Test
    void theDefaultsHaveNoFault() throws IOException {
        assertThat(faults(new Properties(), Set.of(), "UTF-8")).isEmpty();
    }

    @Test
    void allFaultsAreToldAtOnceAndNameTheirVariables() throws IOException {
        Properties wrong = new Properties();
        wrong.setProperty("wallwhale.http.port", "99999");
        wrong.setProperty("wallwhale.worker.slots", "many");
        wrong.setProperty("wallwhale.sandbox.enabled", "perhaps");
        wrong.setProperty("wallwhale.admin.email", "nobody");
        wrong.setProperty("wallwhale.admin.password", "short");
        wrong.setProperty("wallwhale.db.url", "jdbc:oracle:thin:x");
        wrong.setProperty("wallwhale.instance-id", "a b");
        assertThat(faults(wrong, Set.of(), "UTF-8")).extracting(sentence -> sentence.substring(0, sentence.indexOf(' ')))
                .containsExactlyInAnyOrder("WALLWHALE_HTTP_PORT", "WALLWHALE_WORKER_SLOTS", "WALLWHALE_SANDBOX_ENABLED",
                        "WALLWHALE_ADMIN_EMAIL", "WALLWHALE_ADMIN_PASSWORD", "WALLWHALE_DB_URL", "WALLWHALE_INSTANCE_ID");
        assertThat(faults(wrong, Set.of(), "UTF-8")).noneMatch(sentence -> sentence.contains("short"));
    }

    @Test
    void anAddressThatTheDatabaseCannotHoldIsRefused() throws IOException {
        Properties settings = new Properties();
        settings.setProperty("wallwhale.admin.email", "a".repeat(242) + "@example.org");
        assertThat(faults(settings, Set.of(), "UTF-8")).isEmpty();
        settings.setProperty("wallwhale.admin.email", "a".repeat(243) + "@example.org");
        assertThat(faults(settings, Set.of(), "UTF-8")).singleElement().asString().startsWith("WALLWHALE_ADMIN_EMAIL ");
    }

    @Test
    void anExportRootThatCannotBeUsedIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path root : List.of(file, file.resolve("below"), folder, folder.resolve("store"), folder.getParent())) {
            Properties settings = new Properties();
            settings.setProperty("wallwhale.download.export-root", root.toString());
            settings.setProperty("wallwhale.data-dir", folder.resolve(root.startsWith(file) ? "data" : ".").toString());
            assertThat(faults(settings, Set.of(), "UTF-8")).singleElement().asString().startsWith("WALLWHALE_DOWNLOAD_EXPORT_ROOT must");
        }
    }

    @Test
    void everyFaultyLineOfTheAddressesIsTold() throws IOException {
        Files.writeString(folder.resolve("addresses.conf"), "deny 192.0.2.0/24\nallow everybody\nprxy 10.0.0.1\n");
        assertThat(faults(new Properties(), Set.of(), "UTF-8")).hasSize(2)
                .allMatch(sentence -> sentence.startsWith("WALLWHALE_DATA_DIR has the file addresses.conf, whose line "));
    }

    @Test
    void anExternalIssuerNeedsKeysAnAudienceAndARole() throws IOException {
        Properties settings = new Properties();
        settings.setProperty("mp.jwt.verify.issuer", "https://portal.example");
        assertThat(faults(settings, Set.of(), "UTF-8")).extracting(sentence -> sentence.substring(0, sentence.indexOf(' ')))
                .containsExactly("MP_JWT_VERIFY_PUBLICKEY_LOCATION", "MP_JWT_VERIFY_AUDIENCES", "WALLWHALE_ACCESS_USER_ROLE");
        settings.setProperty("mp.jwt.verify.publickey.location", "https://portal.example/keys");
        settings.setProperty("mp.jwt.verify.audiences", "wallwhale-api");
        settings.setProperty("wallwhale.access.admin-role", "chief");
        assertThat(faults(settings, Set.of(), "UTF-8")).isEmpty();
        settings.setProperty("mp.jwt.verify.publickey", "a key too");
        assertThat(faults(settings, Set.of(), "UTF-8")).singleElement().asString().startsWith("MP_JWT_VERIFY_PUBLICKEY_LOCATION ");
    }

    @Test
    void keysOfAnotherIssuerNeedItsName() throws IOException {
        Properties settings = new Properties();
        settings.setProperty("mp.jwt.verify.publickey.location", "https://portal.example/keys");
        assertThat(faults(settings, Set.of(), "UTF-8")).singleElement().asString().startsWith("MP_JWT_VERIFY_ISSUER must name");
    }

    @Test
    void aMisspeltVariableIsToldWithTheNearestName() throws IOException {
        assertThat(faults(new Properties(), Set.of("WALLWHALE_HTTP_PROT", "PATH", "WALLWHALE_SANDBOX_SCENARIO"), "UTF-8"))
                .containsExactly("WALLWHALE_HTTP_PROT is no setting; did you mean WALLWHALE_HTTP_PORT?");
    }

    @Test
    void variablesOfTheCommandsAreNoFault() throws IOException {
        assertThat(faults(new Properties(), Set.of("WALLWHALE_URL", "WALLWHALE_API_KEY", "WALLWHALE_HTTP_ADDRESS"), "UTF-8")).isEmpty();
    }

    @Test
    void whatKubernetesTellsAboutAServiceOfOurNameIsNoFault() throws IOException {
        assertThat(faults(new Properties(), Set.of("WALLWHALE_SERVICE_HOST", "WALLWHALE_SERVICE_PORT", "WALLWHALE_SERVICE_PORT_HTTP",
                "WALLWHALE_PORT", "WALLWHALE_PORT_8080_TCP", "WALLWHALE_PORT_8080_TCP_ADDR"), "UTF-8")).isEmpty();
        assertThat(faults(new Properties(), Set.of("WALLWHALE_PORTS"), "UTF-8")).hasSize(1);
    }

    @Test
    void aLocaleThatCannotWriteEveryNameIsRefused() throws IOException {
        assertThat(faults(new Properties(), Set.of(), "ANSI_X3.4-1968")).singleElement().asString().startsWith("LC_ALL must name");
    }

    @Test
    void aDataFolderThatCannotBeMadeIsToldInOneSentence() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (String impossible : new String[] {file.toString(), file.resolve("below").toString(), "/proc/wallwhale", "/proc"}) {
            Properties wrong = new Properties();
            wrong.setProperty("wallwhale.data-dir", impossible);
            assertThat(faults(wrong, Set.of(), "UTF-8")).singleElement().asString()
                    .startsWith("WALLWHALE_DATA_DIR must name a folder").contains(impossible).doesNotContain("Exception");
        }
    }

    @Test
    void tryingADataFolderOutLeavesItEmpty() throws IOException {
        Properties fresh = new Properties();
        fresh.setProperty("wallwhale.data-dir", folder.resolve("a/b").toString());
        assertThat(faults(fresh, Set.of(), "UTF-8")).isEmpty();
        assertThat(folder.resolve("a/b")).isEmptyDirectory();
        assertThat(Files.getPosixFilePermissions(folder.resolve("a/b")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    private List<String> faults(Properties changes, Set<String> variables, String fileNames) throws IOException {
        Properties settings = new Properties();
        try (InputStream defaults = getClass().getResourceAsStream("/META-INF/microprofile-config.properties")) {
            settings.load(defaults);
        }
        settings.setProperty("wallwhale.data-dir", folder.toString());
        settings.putAll(changes);
        return Configuration.faults(new Settings(key -> Optional.ofNullable(settings.getProperty(key))), variables, fileNames);
    }
}
