package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

class SaveRootTest {
    @ParameterizedTest
    @ValueSource(strings = {"mods", "mods/wallpapers", "Größe/壁紙", ".hidden", "a b/c", "console", "com10", "nula", "v1.2/x",
        "..a", "v2024", "1.2", ".1", "3000000000.new-1"})
    void aRelativeFolderIsKeptAsItIs(String text) {
        assertThat(SaveRoot.parse(text).value()).isEqualTo(text);
    }

    @Test
    void aSegmentIsNoLongerThanFileSystemsTake() {
        assertThat(SaveRoot.parse("a".repeat(255)).value()).hasSize(255);
        assertThatThrownBy(() -> SaveRoot.parse("a".repeat(256))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> SaveRoot.parse("é".repeat(128))).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3000000000", "mods/3000000000", "3000000000/mods", "a/7/b", ".3000000000.new-1", "a/.7.old-12/b",
        ".7.NEW-1"})
    void aFolderThatAnItemMayReplaceIsRefused(String text) {
        assertThatThrownBy(() -> SaveRoot.parse(text)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem()).isEqualTo(Problem.INVALID);
            assertThat(refused.pointer()).contains("/saveRoot");
            assertThat(refused).hasMessageContaining("named like an item");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "/etc", "a/", "a//b", ".", "..", "../x", "a/../b", "a/./b", "a/..", "C:/x", "C:",
        "a\\b", "\\\\host\\x",
        "a\nb", "a\tb", "a\u0000b", "a\u007fb", "a*b", "a?b", "a\"b", "a<b", "a>b", "a|b", "nul", "NUL", "nul.txt", "a/Con",
        "LPT1.tar.gz",
        "\ud800", "a\u202eb", "a\u2028b", "a\u0085b", "a.", "a ", "a./b", "a /b", "..."})
    void whatCouldLeadElsewhereOrNowhereIsRefused(String text) {
        assertThatThrownBy(() -> SaveRoot.parse(text)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem()).isEqualTo(Problem.INVALID);
            assertThat(refused.pointer()).contains("/saveRoot");
        });
    }
}
