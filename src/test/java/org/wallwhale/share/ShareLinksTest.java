package org.wallwhale.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;

class ShareLinksTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    @TempDir
    private Path data;

    @Test
    void aLinkLeadsToItsShareAndItsOwnerSeesItAgain() {
        ShareLinks links = links("one");
        for (UUID share : new UUID[] {UUID.randomUUID(), new UUID(0, 0), new UUID(-1, -1), new UUID(0, 1)}) {
            String token = links.token(share);
            assertThat(token).matches("[0-9A-Za-z]{43}").isEqualTo(links("one").token(share));
            assertThat(links.shareOf(token)).contains(share);
        }
    }

    @Test
    void whatIsMadeUpLeadsNowhere() {
        ShareLinks links = links("one");
        String token = links.token(UUID.randomUUID());
        for (int i = 0; i < token.length(); i++) {
            String other = token.substring(0, i) + (token.charAt(i) == 'a' ? 'b' : 'a') + token.substring(i + 1);
            assertThat(links.shareOf(other)).as(other).isEmpty();
        }
        for (String other : new String[] {"", token + "0", token.substring(1), "z".repeat(43), "0".repeat(43), token.substring(1) + "é"}) {
            assertThat(links.shareOf(other)).as(other).isEmpty();
        }
    }

    @Test
    void whoKnowsTheIdsOfTheDatabaseButNotTheKeyCannotMakeLinks() {
        UUID share = UUID.randomUUID();
        assertThat(links("another").shareOf(links("one").token(share))).isEmpty();
    }

    @Test
    void aThousandLinksHaveNothingInCommon() {
        ShareLinks links = links("one");
        Set<String> halves = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String token = links.token(UUID.randomUUID());
            halves.add(token.substring(0, 20));
            halves.add(token.substring(24));
        }
        assertThat(halves).hasSize(2000);
    }

    @Test
    void aPassIsForOneLinkOnePasswordAndATime() {
        ShareLinks links = links("one");
        UUID share = UUID.randomUUID();
        String pass = links.pass(share, "hash", NOON.plusSeconds(60));
        assertThat(links.isPass(pass, share, "hash", NOON)).isTrue();
        assertThat(links.isPass(pass, share, "hash", NOON.plusSeconds(60))).as("it has ended").isFalse();
        assertThat(links.isPass(pass, share, "another hash", NOON)).isFalse();
        assertThat(links.isPass(pass, UUID.randomUUID(), "hash", NOON)).isFalse();
        assertThat(links.isPass(pass.replaceFirst("[0-9]+", "99999999999"), share, "hash", NOON)).as("made longer").isFalse();
        for (String other : new String[] {null, "", ".", "1.", "x.y", pass.substring(0, pass.length() - 1), "9".repeat(30) + ".x"}) {
            assertThat(links.isPass(other, share, "hash", NOON)).as(other).isFalse();
        }
    }

    private ShareLinks links(String folder) {
        return new ShareLinks(new DataFolder(new Settings(key -> Optional.of(data.resolve(folder).toString()))));
    }
}
