package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;

class SessionSecretsTest {
    @TempDir
    private Path data;

    @Test
    void aThousandSecretsShareNothingButTheirLabel() {
        SessionSecrets secrets = secrets();
        UUID session = UUID.randomUUID();
        demandRandom("ww_refresh_", 11 + 86, () -> secrets.newRefreshToken(session).reveal());
        demandRandom("ww_live_", 8 + 36, () -> ApiKeyText.fresh("live").reveal());
    }

    @Test
    void aTokenTellsItsSessionHoweverOftenTheServerStarts() {
        UUID session = UUID.randomUUID();
        Secret token = secrets().newRefreshToken(session);
        assertThat(secrets().sessionOf(token)).contains(session);
        assertThat(secrets().isCsrfToken(secrets().csrfToken(session), session)).isTrue();
    }

    @Test
    void everyCharacterOfATokenCounts() {
        SessionSecrets secrets = secrets();
        String token = secrets.newRefreshToken(UUID.randomUUID()).reveal();
        for (int i = 0; i < token.length() - 1; i++) {
            String altered = token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1);
            assertThat(secrets.sessionOf(Secret.of(altered))).as(altered).isEmpty();
        }
    }

    @Test
    void aCsrfTokenIsGoodForItsSessionOnly() {
        SessionSecrets secrets = secrets();
        UUID session = UUID.randomUUID();
        for (String wrong : new String[] {null, "", "ü", secrets.csrfToken(UUID.randomUUID()), secrets.csrfToken(session) + "A"}) {
            assertThat(secrets.isCsrfToken(wrong, session)).isFalse();
        }
    }

    private static void demandRandom(String label, int length, Supplier<String> fresh) {
        List<String> all = Stream.generate(fresh).limit(1000).toList();
        assertThat(all).doesNotHaveDuplicates().allSatisfy(text -> assertThat(text).startsWith(label).hasSize(length));
        Set<Character> firsts = new HashSet<>();
        all.forEach(text -> firsts.add(text.charAt(label.length())));
        assertThat(firsts).hasSizeGreaterThan(40);
    }

    private SessionSecrets secrets() {
        return new SessionSecrets(new DataFolder(new Settings(key -> Optional.of(data.toString()))));
    }
}
