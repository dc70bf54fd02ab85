package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutputParserTest {
    private static final String T1 = "Disconnected from Steam\nUnable to get steam3 credentials.\nError: InitializeSteam failed";
    private static final String T2 =
            "App 294100 was not completely downloaded.\nThe operation was canceled.\nDisconnected from Steam";
    private static final String LOGGED_IN = """
            Connecting to Steam3... Done!
            Logging anonymously into Steam3... Done!
            Using Steam3 suggested CellID: 52
            """;
    private static final String DOWNLOADING = LOGGED_IN + """
            Got AppInfo for 294100
            Got depot key for 294100 result: OK

            Processing depot 294100
            Downloading depot 294100 manifest
            Got manifest request code for depot 294100 from app 294100, manifest 6018842397654710423, result: 4711
            Manifest 6018842397654710423 (01/31/2026 12:34:56)
            Downloading depot 294100
            Pre-allocating /data/About/About.xml
            """;
    private final OutputParser parser = new OutputParser();

    @Test
    void aNormalRunTellsItsVersionAndTotals() {
        read(DOWNLOADING + """
                 05.30% /data/About/About.xml
                100.00% /data/About/Preview.png
                Depot 294100 - Downloaded 3670247 bytes (4194568 bytes uncompressed)
                Total downloaded: 3670247 bytes (4194568 bytes uncompressed) from 1 depots
                Disconnected from Steam""");
        assertThat(parser.manifest()).contains("6018842397654710423");
        assertThat(parser.totalBytes()).isEqualTo(4_194_568);
        assertThat(parser.depots()).isEqualTo(1);
        assertThat(parser.webFile()).isFalse();
        assertThat(parser.failure()).isEmpty();
    }

    @Test
    void anOldVersionWithCommasIsUnderstood() {
        read("""
                Connecting to Steam3... Done!
                Logging anonymously into Steam3... Done!
                Got session token!
                Got AppInfo for 294100
                Downloading depot manifest... Got manifest request code for 294100 6018842397654710423 result: 4711
                 Done!
                Manifest 6018842397654710423 (14.03.2023 12:00:58)""");
        assertThat(parser.manifest()).contains("6018842397654710423");
        assertThat(parser.webFile()).isFalse();
        assertThat(parser.read(Source.OUT, " 00,28% data/x")).isEqualTo(OutputParser.Sign.CONTENT);
        assertThat(parser.read(Source.OUT, "   NaN% data/x")).isEqualTo(OutputParser.Sign.CONTENT);
    }

    @Test
    void aRepeatedRunTellsTheVersionItHas() {
        read(LOGGED_IN + "Got AppInfo for 294100\nAlready have manifest 6018842397654710423 for depot 294100.\n"
                + "Total downloaded: 0 bytes (0 bytes uncompressed) from 1 depots");
        assertThat(parser.manifest()).contains("6018842397654710423");
        assertThat(parser.totalSeen()).isTrue();
    }

    @Test
    void aWebFileIsToldByItsName() {
        read(LOGGED_IN + "Downloading mymaps/cl06 end to a violent heart.bytes\nDisconnected from Steam");
        assertThat(parser.webFile()).isTrue();
        assertThat(parser.contentBegan()).isTrue();
    }

    @Test
    void aFileNameCannotForgeAVersion() {
        read(DOWNLOADING + "Manifest 1 (x)\nAlready have manifest 2 for depot 1.");
        assertThat(parser.manifest()).contains("6018842397654710423");
    }

    @Test
    void aFileNameCannotForgeALoginFailure() {
        read(DOWNLOADING + "Unable to login to Steam3: InvalidPassword\nAccess token was rejected (Expired).\n"
                + "Failed to authenticate with Steam: Authentication failed with result InvalidPassword.");
        assertThat(parser.failure()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Download failed to due to an unhandled exception: EResult 99999999999 (x) while retrieving
            Download failed to due to an unhandled exception: EResult 9 (FileNotFound) while retrieving
            Unable to locate manifest ID for published file 1
            App 294100 is not available from this account.
            Encountered 401 for depot manifest 1 2. Aborting.
            Error: Unable to create install directories!
            """)
    void aFileNameCannotForgeTheEndOfARun(String line) {
        read(DOWNLOADING + line);
        assertThat(parser.failure()).map(Failure::weight).isNotEqualTo(Optional.of(Failure.Weight.FATAL));
        OutputParser legacy = new OutputParser();
        (LOGGED_IN + "Downloading a\n" + line).lines().forEach(one -> legacy.read(Source.OUT, one));
        assertThat(legacy.failure()).map(Failure::weight).isNotEqualTo(Optional.of(Failure.Weight.FATAL));
    }

    @Test
    void aLoginThatFailsAfterALostConnectionCountsBeforeTheFirstNameOfAFile() {
        read(LOGGED_IN + "Got AppInfo for 294100\nLost connection to Steam. Reconnecting\nUnable to login to Steam3: RateLimitExceeded");
        assertThat(parser.failure()).map(Failure::reason).contains(Reason.RATE_LIMITED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Unable to login to Steam3: IPBanned
            Unable to login to Steam3: InvalidPassword
            Unable to login to Steam3: RateLimitExceeded
            Access token was rejected (Expired).
            """)
    void aFileNameThatForgesALostConnectionBlamesNeitherAnAccountNorTheAddress(String line) {
        read(DOWNLOADING + "Lost connection to Steam. Reconnecting\n" + line + "\n" + crash("The path is too long."));
        assertThat(parser.failure()).map(Failure::reason).contains(Reason.STEAM_REFUSED);
        OutputParser legacy = new OutputParser();
        (LOGGED_IN + "Downloading a\nLost connection to Steam. Reconnecting\n" + line).lines().forEach(one -> legacy.read(Source.OUT, one));
        assertThat(legacy.failure()).map(Failure::reason).contains(Reason.STEAM_REFUSED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Failed to authenticate with Steam: Authentication failed with result IPBanned.
            Unhandled exception. X: EResult 84 (RateLimitExceeded) while retrieving
            """)
    void theNameThatACrashPrintsBlamesNobody(String line) {
        read(DOWNLOADING);
        parser.read(Source.ERR, "Unhandled exception. System.IO.PathTooLongException: The path '/data/");
        parser.read(Source.ERR, line);
        assertThat(parser.failure()).map(Failure::reason).contains(Reason.TOOL_CRASHED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Encountered error downloading chunk 0123456789abcdef0123456789abcdef01234567: NotFound
            Encountered unexpected error downloading chunk 0123456789abcdef0123456789abcdef01234567: Connection refused (a:443)
            Connection timeout downloading chunk 0123456789abcdef0123456789abcdef01234567
            Connection timeout downloading depot manifest 294100 6018842397654710423. Retrying.
            Encountered error downloading depot manifest 294100 6018842397654710423: BadGateway
            Encountered error downloading manifest for depot 294100 6018842397654710423: The SSL connection failed
            Got CDN auth token for cache1-fra1.steamcontent.com result: Fail (expires 01/01/1970 00:00:00)
            Lost connection to Steam. Reconnecting
            Using Steam3 suggested CellID: 52
            [CDN] something
            12:00:00.0000000  System.Net.Http.RequestStart(x)
            """)
    void whatRepeatsWithoutEndIsNoSignOfLife(String line) {
        read(DOWNLOADING);
        assertThat(parser.read(Source.OUT, line)).isEqualTo(OutputParser.Sign.TROUBLE);
    }

    @Test
    void reconnectingWithoutEndBeforeAnyContentIsNoSignOfLife() {
        read(LOGGED_IN + "Lost connection to Steam. Reconnecting");
        assertThat(LOGGED_IN.lines()).allSatisfy(line ->
                assertThat(parser.read(Source.OUT, line)).isEqualTo(OutputParser.Sign.TROUBLE));
        assertThat(parser.read(Source.OUT, "Got AppInfo for 294100")).isEqualTo(OutputParser.Sign.CONTENT);
    }

    /** Every row of the table of failures that ends by itself. */
    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(Reason.TOOL_FAILED, "Error: -app not specified!", ""),
                arguments(Reason.TOOL_CRASHED, "", "Unhandled exception. System.ArgumentException: x is not a valid value."),
                arguments(Reason.STEAM_UNREACHABLE, "Connecting to Steam3...Connection to Steam failed. Trying again (#1)...\n"
                        + "Could not connect to Steam after 10 tries\n" + T1, ""),
                arguments(Reason.STEAM_UNREACHABLE, "Timeout connecting to Steam3.", ""),
                authentication(Reason.WRONG_PASSWORD, "Authentication failed with result InvalidPassword."),
                authentication(Reason.RATE_LIMITED, "Authentication failed with result RateLimitExceeded."),
                authentication(Reason.RATE_LIMITED, "Authentication failed with result AccountLoginDeniedThrottle."),
                authentication(Reason.GUARD_CODE_WRONG, "Failed to send steam guard code with result Expired."),
                authentication(Reason.GUARD_CODE_NEEDED, "No code was provided by the authenticator."),
                authentication(Reason.MOBILE_APPROVAL_MISSING, "Failed to poll status with result Expired."),
                authentication(Reason.MOBILE_APPROVAL_MISSING, "Failed to poll status with result FileNotFound."),
                authentication(Reason.MOBILE_APPROVAL_MISSING, "AcceptDeviceConfirmation returned false which indicates a"
                        + " fallback to another confirmation type, but there are no other confirmation types available."),
                arguments(Reason.RATE_LIMITED, "Unable to login to Steam3: RateLimitExceeded\n" + T1, ""),
                arguments(Reason.STEAM_REFUSED, "Logging x... Unable to login to Steam3: ServiceUnavailable\n" + T1, ""),
                arguments(Reason.LOGIN_REFUSED, "Unable to login to Steam3: AccountDisabled\n" + T1, ""),
                arguments(Reason.GUARD_CODE_WRONG, "Unable to login to Steam3: TwoFactorCodeMismatch\n" + T1, ""),
                arguments(Reason.SESSION_EXPIRED, "Enter account password for \"u\": \nLogging 'u' into Steam3...",
                        "Unhandled exception. System.ArgumentException: LogOn requires a username and password or access token"
                                + " to be set in 'details'."),
                arguments(Reason.ADDRESS_BANNED, "Unable to login to Steam3: IPBanned\n" + T1, ""),
                arguments(Reason.SESSION_EXPIRED, "Access token was rejected (Revoked).\n" + T1, ""),
                arguments(Reason.STEAM_REFUSED, "Unable to get license list: Busy ", ""),
                arguments(Reason.STEAM_REFUSED, T1, ""),
                content(Reason.ITEM_NOT_FOUND, "Unable to locate manifest ID for published file 3000000023"),
                content(Reason.ITEM_DENIED, crash("EResult 15 (AccessDenied) while retrieving file details for pubfile 1.")),
                content(Reason.ITEM_NOT_FOUND, crash("EResult 9 (FileNotFound) while retrieving file details for pubfile 1.")),
                content(Reason.RATE_LIMITED,
                        crash("EResult 84 (RateLimitExceeded) while retrieving file details for pubfile 1.")),
                content(Reason.UNSUPPORTED_KIND, "Published file 1 has unsupported file type Art. Skipping file"),
                content(Reason.NOT_OWNED, "App 294100 () is not available from this account."),
                content(Reason.NOT_OWNED, "Got AppInfo for 294100\nDepot 294101 is not available from this account."),
                content(Reason.KEY_REFUSED,
                        "Got depot key for 1 result: AccessDenied\nNo valid depot key for 1, unable to download."),
                content(Reason.STEAM_TIMEOUT, "Got AppInfo for 294100\nA task was canceled."),
                content(Reason.STEAM_TIMEOUT, T2),
                content(Reason.STEAM_REFUSED, crash("Exception of type 'SteamKit2.AsyncJobFailedException' was thrown.")),
                content(Reason.VERSION_UNAVAILABLE, "No manifest request code was returned for depot 1 from app 1, manifest 2\n"
                        + "Encountered 401 for depot manifest 1 2. Aborting.\n\n"
                        + "Unable to download manifest 2 for depot 1\n" + T2),
                content(Reason.VERSION_UNAVAILABLE, "Encountered 403 for depot manifest 1 2. Aborting.\n" + T2),
                content(Reason.CONTENT_SERVER_REFUSED, "Encountered 404 for depot manifest 1 2. Aborting.\n" + T2),
                content(Reason.CONTENT_SERVER_REFUSED, "Encountered 401 for chunk 0123456789abcdef0123456789abcdef01234567."
                        + " Aborting.\n" + T2),
                content(Reason.CONTENT_SERVER_REFUSED, crash("Failed to retrieve any download servers.")),
                content(Reason.NOT_WRITABLE, crash("Access to the path '/a/.DepotDownloader' is denied.")),
                content(Reason.NOT_WRITABLE, "Error: Unable to create install directories!"),
                content(Reason.TOOL_FAILED, "Warning: Unable to load filelist: x"),
                content(Reason.DISK_FULL, crash("No space left on device : '/a/b'")),
                content(Reason.DISK_FULL, crash("File too large : '/a/b'")),
                content(Reason.DISK_FULL, "Failed to allocate file /a: Disk quota exceeded : '/a'"),
                content(Reason.DISK_FULL, "Failed to resize file to expected size /a: File too large"),
                content(Reason.TOOL_CRASHED, crash("Too many open files : '/a'")),
                content(Reason.CONTENT_SERVER_REFUSED, "Downloading a.bin\n"
                        + crash("Response status code does not indicate success: 404 (Not Found).")),
                content(Reason.TOOL_CRASHED, crash("Config already loaded")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureHasItsReason(Reason reason, String out, String err) {
        read(out);
        err.lines().forEach(line -> parser.read(Source.ERR, line));
        assertThat(parser.failure()).map(Failure::reason).contains(reason);
        assertThat(parser.failure().orElseThrow().detail()).endsWith(".").doesNotContain("/a");
    }

    private static Arguments authentication(Reason reason, String text) {
        return arguments(reason, "Logging 'u' into Steam3...\n" + T1, "Failed to authenticate with Steam: " + text);
    }

    private static Arguments content(Reason reason, String out) {
        return arguments(reason, LOGGED_IN + out, "");
    }

    private static String crash(String message) {
        return "Download failed to due to an unhandled exception: " + message;
    }

    private void read(String out) {
        out.lines().forEach(line -> parser.read(Source.OUT, line));
    }
}
