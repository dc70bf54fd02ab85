package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.secret.Secret;

class PasswordRulesTest {
    private static final String EMAIL = "moby.dick@pequod.example";

    @Test
    void from12To128CharactersAreLongEnough() {
        assertThat(PasswordRules.isLongEnough("x".repeat(11))).isFalse();
        assertThat(PasswordRules.isLongEnough("x".repeat(12))).isTrue();
        assertThat(PasswordRules.isLongEnough("x".repeat(128))).isTrue();
        assertThat(PasswordRules.isLongEnough("x".repeat(129))).isFalse();
        assertThat(PasswordRules.isLongEnough("🐋".repeat(128))).isTrue();
        assertThat(PasswordRules.isLongEnough("🐋".repeat(11))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password1234", "Password1234!", "P@ssw0rd2024", "passwordpassword", "123456789012", "aaaaaaaaaaaa",
        "abcdefghijkl", "qwertyuiop12", "qwertyuiopasdfghjkl", "1q2w3e4r5t6y", "1qaz2wsx3edc", "zaq12wsxcde3", "QWERTZUIOP123", "adminadmin123", "administrator1",
        "wallwhale2026", "WallWhaleServer", "welcome12345!", "letmein-letmein", "changeme-1234", "iloveyou-4ever", "superman-batman", "Summer2026!!!", "january-1999", "xyqzxyqzxyqz",
        "🐋🐋🐋🐋🐋🐋🐋🐋🐋🐋🐋🐋", "steamworkshop", "trustno1trustno1", "correcthorsebatterystaple", "            ", "dragon-monkey-1", "9876543210987", "moby.dick@pequod.example", "mobydick12345", "Pequod-Moby-1"})
    void aPasswordThatIsGuessedAtOnceIsRefused(String password) {
        assertThat(PasswordRules.fault(Secret.of(password), EMAIL)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"the administrator's password", "a password for tests", "the second user's password", "xk7 qvm 2pz wd", "w_KUOo26vrYBeLWn",
        "teapot lantern gravel sixty", "ein Walfisch im Kornfeld", "鯨が海を泳いでいる夜の話をした", "\u0001tabs\tand spaces too"})
    void aPasswordOfAnyCharactersThatTakesGuessingIsTaken(String password) {
        assertThat(PasswordRules.fault(Secret.of(password), EMAIL)).isEmpty();
    }

    @Test
    void theLongestPasswordIsJudgedSoon() {
        assertThat(PasswordRules.fault(Secret.of("ab1".repeat(42)), EMAIL)).isPresent();
        assertThat(PasswordRules.fault(Secret.of("🐋".repeat(129)), EMAIL).orElseThrow()).contains("128");
    }

    @Test
    void theSentenceTellsNothingOfThePassword() {
        assertThat(PasswordRules.fault(Secret.of("password1234"), EMAIL).orElseThrow()).doesNotContain("1234");
    }
}
