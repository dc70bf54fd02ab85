package org.wallwhale.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;

class TokenKeysTest {
    private static byte[] rsa;
    @TempDir
    private Path folder;
    private final Properties configured = new Properties();

    @BeforeAll
    static void makeKey() throws GeneralSecurityException {
        rsa = made("RSA", 2048);
    }

    @Test
    void aKeyIsMadeAtFirstStartAndStays() {
        String first = keys().publicPem();
        assertThat(keys().publicPem()).isEqualTo(first);
        assertThat(folder.resolve("data/secrets/token-key")).isRegularFile();
        assertThat(faults().faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void aConfiguredKeyMayBePemOrDer(String lineEnd) throws IOException {
        configure("key.der", rsa);
        String der = keys().publicPem();
        configure("key.pem", pem("PRIVATE KEY", rsa, lineEnd));
        assertThat(keys().publicPem()).isEqualTo(der);
        assertThat(faults().faults()).isEmpty();
        assertThat(folder.resolve("data/secrets")).as("nothing is made beside a configured key").doesNotExist();
    }

    @Test
    void aKeyLaidIntoTheDataFolderIsUsed() throws IOException {
        Path laid = write("data/secrets/token-key", pem("PRIVATE KEY", rsa, "\n"));
        configure("key", rsa);
        String expected = keys().publicPem();
        configured.clear();
        assertThat(keys().publicPem()).isEqualTo(expected);
        Files.write(laid, Arrays.copyOf(rsa, 100));
        assertThat(faults().faults()).singleElement().asString().startsWith("WALLWHALE_DATA_DIR has the token key " + laid)
                .contains("holds no whole RSA private key", "ends all sessions");
    }

    @Test
    void aLargerKeyIsTaken() throws Exception {
        configure("key", made("RSA", 3072));
        assertThat(faults().faults()).isEmpty();
        assertThat(keys().privateKey().getModulus().bitLength()).isEqualTo(3072);
    }

    @Test
    void whatIsNoRsaKeyIsToldWithTheCommandThatMakesOne() throws Exception {
        byte[][] wrong = {made("EC", 256), Arrays.copyOf(rsa, rsa.length / 2), {}, "nonsense".getBytes(US_ASCII),
            pem("RSA PRIVATE KEY", rsa, "\n"), pem("ENCRYPTED PRIVATE KEY", rsa, "\n"), pem("PUBLIC KEY", rsa, "\n"),
            pem("PRIVATE KEY", made("EC", 256), "\n"), pem("PRIVATE KEY", Arrays.copyOf(rsa, 99), "\n")};
        for (byte[] content : wrong) {
            Path file = configure("key", content);
            assertThat(faults().faults()).singleElement().asString()
                    .startsWith("WALLWHALE_ACCESS_TOKEN_KEY_FILE names " + file + ", which holds no whole RSA private key")
                    .contains("openssl genpkey").doesNotContain("Exception");
        }
    }

    @Test
    void aKeyThatIsTooShortIsRefused() throws Exception {
        configure("key", made("RSA", 1024));
        assertThat(faults().faults()).singleElement().asString().contains("fewer than 2048 bits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-----w-", "rw--w----"})
    void aKeyThatOthersReachIsRefused(String mode) throws IOException {
        Files.setPosixFilePermissions(configure("key", rsa), PosixFilePermissions.fromString(mode));
        assertThat(faults().faults()).singleElement().asString().contains("other users may read or change", "mode to 600");
    }

    @Test
    void aGroupMayReadAKeyThatWasMountedForIt() throws IOException {
        Files.setPosixFilePermissions(configure("key", rsa), PosixFilePermissions.fromString("r--r-----"));
        assertThat(faults().faults()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        configured.setProperty("wallwhale.access.token-key-file", folder.resolve("nothing").toString());
        assertThat(faults().faults()).singleElement().asString().contains(folder.resolve("nothing") + ", which cannot be read");
        configured.setProperty("wallwhale.access.token-key-file", folder.toString());
        assertThat(faults().faults()).singleElement().asString().contains("cannot be read");
    }

    private TokenKeys keys() {
        Settings settings = settings();
        return TokenKeys.of(new AccessConfig(settings), new DataFolder(settings));
    }

    private Settings faults() {
        Settings settings = settings();
        new AccessConfig(settings);
        return settings;
    }

    private Settings settings() {
        Properties all = new Properties();
        try (InputStream defaults = getClass().getResourceAsStream("/META-INF/microprofile-config.properties")) {
            all.load(defaults);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.setProperty("wallwhale.data-dir", folder.resolve("data").toString());
        all.putAll(configured);
        return new Settings(key -> Optional.ofNullable(all.getProperty(key)));
    }

    private Path configure(String name, byte[] content) throws IOException {
        Path file = write(name, content);
        configured.setProperty("wallwhale.access.token-key-file", file.toString());
        return file;
    }

    private Path write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static byte[] made(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair().getPrivate().getEncoded();
    }

    private static byte[] pem(String label, byte[] content, String lineEnd) {
        String body = Base64.getMimeEncoder(64, lineEnd.getBytes(US_ASCII)).encodeToString(content);
        return ("-----BEGIN " + label + "-----" + lineEnd + body + lineEnd + "-----END " + label + "-----" + lineEnd)
                .getBytes(US_ASCII);
    }
}
