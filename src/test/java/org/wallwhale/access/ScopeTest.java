package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
    private static final Set<String> ALL_DOWNLOAD = Set.of("download:read", "download:write", "download:export");

    @Test
    void aStarStandsForAllOfItsKind() {
        assertThat(Scope.effective(List.of("download:*"), Role.ADMIN)).isEqualTo(ALL_DOWNLOAD);
        assertThat(Scope.effective(List.of("admin:*"), Role.ADMIN)).containsExactly("admin:read", "admin:write");
        assertThat(Scope.effective(List.of("download:*", "admin:*"), Role.ADMIN)).isEqualTo(Role.ADMIN.scopes());
    }

    @Test
    void nothingGoesBeyondTheRole() {
        assertThat(Scope.effective(List.of("admin:*", "admin:write", "download:read"), Role.USER))
                .containsExactly("download:read");
        assertThat(Scope.effective(List.of("download:*", "admin:*"), Role.USER)).isEqualTo(ALL_DOWNLOAD);
    }

    @Test
    void nothingIsGrantedThatWasNotAskedFor() {
        assertThat(Scope.effective(List.of("download:read"), Role.ADMIN)).containsExactly("download:read");
        assertThat(Scope.effective(List.of(), Role.ADMIN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "download", "download:", ":*", "*:*", "download:Read", " download:read", "download:**", "admin",
        ""})
    void whatIsNoScopeGrantsNothing(String text) {
        assertThat(text).doesNotMatch(Scope.KNOWN);
        assertThat(Scope.effective(List.of(text), Role.ADMIN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"download:read", "download:write", "download:export", "download:*", "admin:read", "admin:write",
        "admin:*"})
    void theSevenScopesAreKnown(String text) {
        assertThat(text).matches(Scope.KNOWN);
        assertThat(Scope.effective(List.of(text), Role.ADMIN)).isNotEmpty();
    }
}
