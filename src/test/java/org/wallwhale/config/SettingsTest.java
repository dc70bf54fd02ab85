package org.wallwhale.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void textIsTrimmedAndBlankIsUnset() {
        Settings settings = of("text", "  Größe \n");
        assertThat(settings.text("text")).contains("Größe");
        assertThat(of("text", "  ").text("text")).isEmpty();
        assertThat(settings.text("other")).isEmpty();
        assertThat(settings.faults()).isEmpty();
    }

    @Test
    void aSecretDoesNotShowItself() {
        assertThat(of("key", "s3cret").secret("key").orElseThrow()).hasToString("***").satisfies(secret ->
                assertThat(secret.reveal()).isEqualTo("s3cret"));
    }

    @Test
    void numbersAreReadUpToTheirBounds() {
        assertThat(of("n", "4").wholeNumber("n", 4, 18)).isEqualTo(4);
        assertThat(of("n", "18").wholeNumber("n", 4, 18)).isEqualTo(18);
        assertThat(of("n", "90").seconds("n", 2, 90)).isEqualTo(Duration.ofSeconds(90));
        assertThat(of("n", "9223372036854775807").bytes("n", 0, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "19", "", "four", "4.5", "0x10", "9223372036854775808", "4 5"})
    void aBadNumberIsNotedWithNameAndBoundsAndReadAsTheLeast(String text) {
        Settings settings = of("wallwhale.access.bcrypt-cost", text);
        assertThat(settings.wholeNumber("wallwhale.access.bcrypt-cost", 4, 18)).isEqualTo(4);
        assertThat(settings.faults()).containsExactly(
                "WALLWHALE_ACCESS_BCRYPT_COST must be a whole number from 4 to 18, but is \"" + text + "\".");
    }

    @Test
    void allFaultsAreCollectedInTheirOrder() {
        Settings settings = of("a", "x");
        settings.seconds("a", 1, 2);
        settings.onOff("a");
        settings.fault("b", "does not go with a");
        assertThat(settings.faults()).containsExactly("A must be a number of seconds from 1 to 2, but is \"x\".",
                "A must be true or false, but is \"x\".", "B does not go with a.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "on", "", "truee"})
    void onOffTakesTrueAndFalseOnly(String text) {
        Settings settings = of("s", text);
        assertThat(settings.onOff("s")).isFalse();
        assertThat(settings.faults()).hasSize(1);
    }

    @Test
    void onOffDoesNotMindCapitals() {
        Settings settings = of("s", "True");
        assertThat(settings.onOff("s")).isTrue();
        assertThat(of("s", "FALSE").onOff("s")).isFalse();
        assertThat(settings.faults()).isEmpty();
    }

    @Test
    void aPathBecomesAbsoluteAndTheTildeHome() {
        assertThat(of("p", "~/x/../y").path("p")).contains(Path.of(System.getProperty("user.home"), "y"));
        assertThat(of("p", "target").path("p")).contains(Path.of("target").toAbsolutePath());
        assertThat(of("p", "/~/x").path("p")).contains(Path.of("/~/x"));
        assertThat(of("p", " ").path("p")).isEmpty();
    }

    @Test
    void whatIsNoPathIsNoted() {
        Settings settings = of("p", "a\0b");
        assertThat(settings.path("p")).isEmpty();
        assertThat(settings.faults()).singleElement().asString().startsWith("P is no path on this system");
    }

    private static Settings of(String key, String value) {
        Map<String, String> values = Map.of(key, value);
        return new Settings(name -> Optional.ofNullable(values.get(name)));
    }
}
