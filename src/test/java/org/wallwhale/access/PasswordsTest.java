package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;

class PasswordsTest {
    private static final Map<String, String> SETTINGS = Map.of("wallwhale.access.bcrypt-cost", "4",
            "wallwhale.access.token-lifetime-seconds", "900");
    private final Passwords passwords = new Passwords(new AccessConfig(new Settings(key ->
            Optional.ofNullable(SETTINGS.get(key)))));

    @Test
    void aPasswordMatchesItsOwnHashOnly() {
        Optional<User> user = userWith("correct horse battery");
        assertThat(passwords.matches(Secret.of("correct horse battery"), user)).isTrue();
        assertThat(passwords.matches(Secret.of("correct horse Battery"), user)).isFalse();
        assertThat(passwords.matches(Secret.of(""), user)).isFalse();
    }

    @Test
    void nobodyHasNoPasswordNotEvenTheOneThatIsCompared() {
        assertThat(passwords.matches(Secret.of("nobody has this password"), Optional.empty())).isFalse();
    }

    @Test
    void theSeventyThirdByteCounts() {
        Optional<User> user = userWith("x".repeat(72) + "a");
        assertThat(passwords.matches(Secret.of("x".repeat(72) + "a"), user)).isTrue();
        assertThat(passwords.matches(Secret.of("x".repeat(72) + "b"), user)).isFalse();
        assertThat(passwords.matches(Secret.of("x".repeat(72)), user)).isFalse();
    }

    @Test
    void theLastOf128CharactersCountsInEveryScript() {
        String start = "鯨".repeat(127);
        Optional<User> user = userWith(start + "魚");
        assertThat(passwords.matches(Secret.of(start + "魚"), user)).isTrue();
        assertThat(passwords.matches(Secret.of(start + "鯨"), user)).isFalse();
    }

    @Test
    void aCharacterZeroDoesNotEndAPassword() {
        Optional<User> user = userWith("twelve\0 and more");
        assertThat(passwords.matches(Secret.of("twelve\0 and less"), user)).isFalse();
    }

    @Test
    void theSamePasswordHasAnotherHashEachTime() {
        Secret password = Secret.of("correct horse battery");
        assertThat(passwords.hash(password)).startsWith("$2b$04$").isNotEqualTo(passwords.hash(password));
    }

    private Optional<User> userWith(String password) {
        return Optional.of(new User("a@b", passwords.hash(Secret.of(password)), Role.USER, Instant.EPOCH));
    }
}
