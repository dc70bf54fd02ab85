package org.wallwhale.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTest {
    private static final String TOTP = "STEAM GUARD! Please enter your 2-factor auth code from your authenticator app: ";
    private static final String WRONG = "The previous 2-factor auth code you have provided is incorrect.\n";

    @TempDir
    Path folder;
    private Program program;

    @BeforeEach
    void prepare() throws IOException {
        program = new Program(folder).knob("size", "1000");
    }

    @Test
    void thePasswordIsAskedForWithoutALineEndAndNeverWrittenDown() throws IOException {
        Program.Running running = program.start("00", "-username", "sandbox");
        running.awaitOut("Enter account password for \"sandbox\": ");
        assertThat(running.result().out()).endsWith("Enter account password for \"sandbox\": ");
        running.type("");
        running.awaitOut("\": \nEnter account password");
        running.type("sandbox");
        Program.Result result = running.finish();
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("\nConnecting to Steam3... Done!\nLogging 'sandbox' into Steam3...\n Done!\n"
                + "Using Steam3 suggested CellID: 52\nGot 128 licenses for account!\n");
        assertThat(program.journal()).contains("\"bytes\":7}").doesNotContain(Digest.hex("SHA-256", "sandbox".getBytes()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            good    | wrong   | 1   | Failed to authenticate with Steam: Authentication failed with result InvalidPassword.
            nobody  | x       | 1   | Failed to authenticate with Steam: Authentication failed with result InvalidPassword.
            limited | x       | 1   | Failed to authenticate with Steam: Authentication failed with result RateLimitExceeded.
            mobile  | pw-mobile | 0 | STEAM GUARD! Use the Steam Mobile App to confirm your sign in...
            """)
    void accountsAnswerAsTheyAreKnownTo(String account, String password, int status, String line) throws IOException {
        Program.Result result = program.download("00", password + "\n", "-username", account);
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.err()).isEqualTo(line + "\n");
    }

    @Test
    void thePoorAccountOwnsNothing() throws IOException {
        Program.Result result = program.download("00", "pw-poor\n", "-username", "poor");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .endsWith("App 431960 (Some Game) is not available from this account.\nDisconnected from Steam\n");
    }

    @Test
    void noPasswordAtAllIsACrash() throws IOException {
        Program.Result result = program.download("00", "", "-username", "good");
        assertThat(result.status()).isEqualTo(134);
        assertThat(result.out()).endsWith("Logging 'good' into Steam3...\n");
        assertThat(result.err()).startsWith("Unhandled exception. System.ArgumentException: LogOn requires").contains("\n   at ");
    }

    @Test
    void aStoredLoginNeedsNoPasswordAndIsNoSecret() throws IOException {
        program.download("00", "pw-totp\nAAAAA\n", "-username", "totp");
        Program.Result forgotten = program.download("00", "pw-totp\nAAAAA\n", "-username", "totp");
        assertThat(forgotten.out()).contains("""
                Account "totp" has stored credentials. Did you forget to specify -remember-password?
                Enter account password for "totp":\s""");
        Program.Result remembered = program.download("00", "", "-username", "TOTP", "-remember-password");
        assertThat(remembered.status()).isZero();
        assertThat(remembered.out()).doesNotContain("password");
        assertThat(remembered.err()).isEmpty();
        assertThat(settings()).isRegularFile();
        assertThat(new String(Files.readAllBytes(settings()))).doesNotContain("pw-totp");
    }

    @Test
    void anExpiredTokenIsForgotten() throws IOException {
        program.download("00", "pw-good\n", "-username", "good");
        Program.Result refused = program.download("15", "", "-username", "good", "-remember-password");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(program.download("00", "pw-good\n", "-username", "good", "-remember-password").out())
                .contains("Enter account password");
    }

    @Test
    void aWrongCodeIsAskedForAgain() throws IOException {
        Program.Result result = program.download("10", "sandbox\nwrong\n\n AAAAA \n", "-username", "sandbox");
        assertThat(result.status()).isZero();
        assertThat(result.err()).isEqualTo(TOTP + WRONG + TOTP + TOTP);
        assertThat(result.out()).contains("Got 128 licenses for account!");
    }

    @Test
    void noCodeIsARefusal() throws IOException {
        Program.Result result = program.download("10", "");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo(TOTP + "Failed to authenticate with Steam: No code was provided by the authenticator.\n");
        assertThat(result.out())
                .endsWith("Disconnected from Steam\nUnable to get steam3 credentials.\nError: InitializeSteam failed\n");
    }

    @Test
    void aCodeByMailIsTheOtherCode() throws IOException {
        Program.Result result = program.download("11", "AAAAA\nBBBBB\n");
        assertThat(result.status()).isZero();
        assertThat(result.err())
                .startsWith("STEAM GUARD! Please enter the auth code sent to the email at j***@e***.com: " + WRONG);
    }

    @Test
    void theCodesAreThoseThatTheDocumentTells() throws IOException {
        String row = Files.readString(Path.of("docs", "api.md")).lines().filter(line -> line.startsWith("| 10, 11, 12 |")).findFirst().orElseThrow();
        List<String> codes = Pattern.compile("\\(`([A-Z]{5})`\\)").matcher(row).results().map((MatchResult code) -> code.group(1)).toList();
        assertThat(codes).hasSize(2);
        assertThat(program.download("10", codes.get(0) + "\n").err()).isEqualTo(TOTP);
        assertThat(program.download("11", codes.get(1) + "\n").err()).startsWith("STEAM GUARD! ").doesNotContain("incorrect");
        assertThat(program.knob("timeout", "0").download("12", codes.get(0) + "\n").status()).isEqualTo(1);
    }

    @Test
    void theTelephoneApprovesByAFile() throws IOException {
        Program.Running running = program.start("12");
        running.awaitErr("STEAM GUARD! Use the Steam Mobile App to confirm your sign in...\n");
        Files.createFile(program.home.resolve("approve"));
        assertThat(running.finish().status()).isZero();
    }

    @Test
    void anApprovalThatDoesNotComeExpires() throws IOException {
        Program.Result result = program.knob("timeout", "0").download("12", "");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).endsWith("Failed to authenticate with Steam: Failed to poll status with result Expired.\n");
    }

    @Test
    void withoutTheTelephoneThereIsNoOtherWay() throws IOException {
        assertThat(program.download("12", "", "-no-mobile").err()).contains("AcceptDeviceConfirmation returned false");
    }

    @Test
    void aCodeIsDrawnTwiceAndRemembersTheAccount() throws IOException {
        Program.Result result = program.download("18", "", "-qr");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("\n\nThe QR code has changed:\n",
                "Success! Next time you can login with -username sandbox -remember-password instead of -qr.\n");
        assertThat(result.out().lines().filter(line -> line.length() == 42 && line.replace("██", "").isBlank())).hasSize(42);
        assertThat(program.download("00", "", "-username", "sandbox", "-remember-password").status()).isZero();
    }

    @Test
    void aHomeThatCanNotBeWrittenIsACrash() throws IOException {
        Path file = Files.createFile(folder.resolve("a file"));
        program.environment("HOME", file.toString());
        Program.Result result = program.run("", "--version");
        assertThat(result.status()).isEqualTo(134);
        assertThat(result.err()).startsWith("Unhandled exception. System.");
    }

    @Test
    void aDamagedStoreIsACrash() throws IOException {
        program.download("00", "pw-good\n", "-username", "good");
        Files.writeString(settings(), "damaged");
        assertThat(program.download("00", "").status()).isEqualTo(134);
    }

    private Path settings() throws IOException {
        try (Stream<Path> paths = Files.walk(program.home)) {
            return paths.filter(path -> path.endsWith("AssemFiles/account.config")).findFirst().orElseThrow();
        }
    }
}
