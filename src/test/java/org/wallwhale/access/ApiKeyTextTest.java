package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTextTest {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @ParameterizedTest
    @ValueSource(strings = {"live", "test"})
    void aFreshKeyHasTheDocumentedShapeAndIsReadAgain(String kind) {
        ApiKeyText fresh = ApiKeyText.fresh(kind);
        assertThat(fresh.reveal()).matches("ww_" + kind + "_[0-9A-Za-z]{36}");
        ApiKeyText read = ApiKeyText.parse(fresh.reveal()).orElseThrow();
        assertThat(read.reveal()).isEqualTo(fresh.reveal());
        assertThat(read.kind()).isEqualTo(kind);
    }

    @Test
    void aKeyThatWasIssuedBeforeIsStillRead() {
        assertThat(ApiKeyText.parse("ww_live_00000000000000000000000000000047AMxE")).isPresent();
    }

    @Test
    void noTwoKeysAreEqual() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(keys.add(ApiKeyText.fresh(ApiKeyText.LIVE).reveal())).isTrue();
        }
    }

    /** Of 300,000 digits each of the 62 comes 4,839 times, give or take 69; eight times that is no accident. */
    @Test
    void everyDigitIsAsLikelyAsAnyOtherAtEveryPlace() {
        Map<Character, Integer> counts = new HashMap<>();
        Set<String> beginnings = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String random = ApiKeyText.fresh(ApiKeyText.LIVE).reveal().substring("ww_live_".length(), "ww_live_".length() + 30);
            random.chars().forEach(digit -> counts.merge((char) digit, 1, Integer::sum));
            beginnings.add(random.substring(0, 10));
        }
        assertThat(counts).hasSize(62).allSatisfy((digit, count) -> assertThat(count).as("%c", digit).isBetween(4839 - 552, 4839 + 552));
        assertThat(beginnings).as("no two share what follows the label").hasSize(10_000);
    }

    @Test
    void anySingleWrongCharacterIsNoticed() {
        String key = ApiKeyText.fresh(ApiKeyText.LIVE).reveal();
        for (int at = "ww_live_".length(); at < key.length(); at++) {
            for (char digit : DIGITS.toCharArray()) {
                if (digit != key.charAt(at)) {
                    String wrong = key.substring(0, at) + digit + key.substring(at + 1);
                    assertThat(ApiKeyText.parse(wrong)).as(key + " misread as " + wrong).isEmpty();
                }
            }
        }
    }

    @Test
    void aLiveKeyCannotBeTurnedIntoATestKey() {
        String key = ApiKeyText.fresh(ApiKeyText.LIVE).reveal();
        assertThat(ApiKeyText.parse(key.replace("ww_live_", "ww_test_"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ww_", "ww_live_", "ww_prod_000000000000000000000000000000000000", "Größe", "ww_live_\u0000"})
    void whatHasAnotherShapeIsNoKey(String text) {
        assertThat(ApiKeyText.parse(text)).isEmpty();
    }

    @Test
    void longerTextThatBeginsWithAKeyIsNoKey() {
        String key = ApiKeyText.fresh(ApiKeyText.TEST).reveal();
        assertThat(ApiKeyText.parse(key + "0")).isEmpty();
        assertThat(ApiKeyText.parse(key + "\n")).isEmpty();
        assertThat(ApiKeyText.parse(" " + key)).isEmpty();
    }

    @Test
    void onlyTheBeginningAndTheEndAreShown() {
        ApiKeyText key = ApiKeyText.fresh(ApiKeyText.LIVE);
        assertThat(key.prefix()).hasSize(12).isEqualTo(key.reveal().substring(0, 12));
        assertThat(key.lastFour()).isEqualTo(key.reveal().substring(40));
        assertThat(key).hasToString(key.prefix() + "…");
    }
}
