package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.secret.Secret;

class CommandLineTest {
    private static final Login LOGIN = new Login("user_1", Secret.of("c4n-ary"));

    @Test
    void anAnonymousRunNamesNobody() {
        assertThat(CommandLine.of(fetch(4294967294L, "18446744073709551614", Optional.empty(), "/h"), 8).arguments())
                .containsExactly("dd", "--first", "-app", "4294967294", "-pubfile", "18446744073709551614",
                        "-dir", "/t/content", "-max-downloads", "8");
    }

    @Test
    void anAccountIsRememberedUnderASessionNumberOfItsHome() {
        List<String> first = CommandLine.of(fetch(1, "1", Optional.of(LOGIN), "/h/1"), 8).arguments();
        assertThat(first).containsSubsequence("-username", "user_1", "-remember-password", "-loginid")
                .doesNotContain("-password", "c4n-ary", "5458738");
        assertThat(Long.parseLong(first.get(first.size() - 1))).isBetween(1L, 0xFFFF_FFFFL);
        assertThat(CommandLine.of(fetch(1, "1", Optional.of(LOGIN), "/h/1"), 8).arguments()).isEqualTo(first);
        assertThat(CommandLine.of(fetch(1, "1", Optional.of(LOGIN), "/h/2"), 8).arguments()).isNotEqualTo(first);
    }

    @Test
    void theEnvironmentIsOurs() {
        assertThat(CommandLine.of(fetch(1, "1", Optional.of(LOGIN), "/h"), 8).environment())
                .containsEntry("HOME", "/h").containsEntry("LC_ALL", "C.UTF-8")
                .containsOnlyKeys("HOME", "PATH", "LC_ALL", "DOTNET_EnableDiagnostics", "DOTNET_gcServer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-debug", "", "a b", "a\nb", "$(x)", "ü"})
    void aUserNameThatCouldBeSomethingElseIsRefused(String name) {
        Optional<Login> login = Optional.of(new Login(name, Secret.of("x")));
        assertThatIllegalArgumentException().isThrownBy(() -> fetch(1, "1", login, "/h"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "\u0000"})
    void aPasswordIsOneLine(String password) {
        Optional<Login> login = Optional.of(new Login("u", Secret.of(password)));
        assertThatIllegalArgumentException().isThrownBy(() -> fetch(1, "1", login, "/h"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "0x10", " 1", "1\n", "１", "184467440737095516140"})
    void anItemIsDecimalDigits(String item) {
        assertThatIllegalArgumentException().isThrownBy(() -> fetch(1, item, Optional.empty(), "/h"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 4294967295L})
    void anAppIsANumberThatTheToolKnows(long app) {
        assertThatIllegalArgumentException().isThrownBy(() -> fetch(app, "1", Optional.empty(), "/h"));
    }

    @Test
    void foldersAreAbsolute() {
        assertThatIllegalArgumentException().isThrownBy(() -> fetch(1, "1", Optional.empty(), "-h"));
    }

    private static Fetch fetch(long app, String item, Optional<Login> login, String home) {
        return new Fetch(new Tool(List.of("dd", "--first"), false), app, item, login, Path.of(home), Path.of("/t"), false,
                Duration.ofSeconds(1));
    }
}
