package org.wallwhale.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealingTest {
    private static final Secret PASSWORD = Secret.of("correct horse pässword 🐋");
    private static final UUID ROW = UUID.randomUUID();
    private static final Place PLACE = new Place("accounts", ROW, "password");
    private final String first = SealingKeys.newLine().reveal();
    private final String second = SealingKeys.newLine().reveal();
    private String file = first;
    private final Sealing sealing = new Sealing(() -> SealingKeys.of(Secret.of(file)));

    @Test
    void whatIsSealedOpensInItsPlace() {
        for (Secret value : List.of(PASSWORD, Secret.of(""), Secret.of("x".repeat(10_000)))) {
            assertThat(sealing.open(sealing.seal(value, PLACE), PLACE)).isEqualTo(value);
        }
        assertThat(sealing.seal(PASSWORD, PLACE)).matches("v1:[0-9a-f]{16}:[A-Za-z0-9+/=]+");
    }

    @Test
    void theSameValueTwiceGivesTwoTextsAndNoNonceComesTwice() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            nonces.add(body(sealing.seal(PASSWORD, PLACE)).substring(0, 16));
        }
        assertThat(nonces).hasSize(10_000);
    }

    @Test
    void inAnotherRowColumnOrTableItDoesNotOpen() {
        String sealed = sealing.seal(PASSWORD, PLACE);
        for (Place other : List.of(new Place("accounts", UUID.randomUUID(), "password"), new Place("accounts", ROW, "code"),
                new Place("other", ROW, "password"), new Place("account", "s" + ROW, "password"))) {
            assertThatThrownBy(() -> sealing.open(sealed, other)).isInstanceOf(SealingException.class)
                    .hasMessageContaining(other.table() + "." + other.column() + " of row " + other.row())
                    .hasMessageEndingWith("it was changed, or moved here from another row or column");
        }
    }

    @Test
    void placesThatReadAlikeAreDifferent() {
        assertThat(new Place("ab", "c", "d").toString()).isNotEqualTo(new Place("a", "bc", "d").toString())
                .isNotEqualTo(new Place("ab", "cd", "").toString());
    }

    @Test
    void withAnyBitFlippedOrAnyByteMissingItDoesNotOpen() {
        String sealed = sealing.seal(PASSWORD, PLACE);
        byte[] bytes = Base64.getDecoder().decode(body(sealed));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(head(sealed) + Base64.getEncoder().encodeToString(flipped));
        }
        for (int length = 1; length < bytes.length; length++) {
            assertRefused(head(sealed) + Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, length)));
        }
    }

    @Test
    void whatWasNeverSealedIsRefused() {
        for (String text : List.of("", "v1", "v1::", PASSWORD.reveal(), sealing.seal(PASSWORD, PLACE).replace("v1", "v2"),
                sealing.seal(PASSWORD, PLACE) + "=x", head(sealing.seal(PASSWORD, PLACE)) + "A")) {
            assertRefused(text);
        }
    }

    @Test
    void anotherKeyDoesNotOpenItAndTheSentenceNamesTheOneThatDoes() {
        String sealed = sealing.seal(PASSWORD, PLACE);
        file = second;
        assertThatThrownBy(() -> sealing.open(sealed, PLACE)).isInstanceOf(SealingException.class)
                .hasMessageContaining("was sealed with key " + id(sealed) + ", which is not among the sealing keys; restore that key");
        String pretended = sealed.replace(id(sealed), id(sealing.seal(PASSWORD, PLACE)));
        assertRefused(pretended);
        file = first + second;
        assertRefused(pretended);
    }

    @Test
    void theNewestKeySealsAndAllOfThemOpen() {
        String old = sealing.seal(PASSWORD, PLACE);
        assertThat(sealing.needsResealing(old, PLACE)).isFalse();
        file = first + second;
        assertThat(sealing.needsResealing(old, PLACE)).isTrue();
        String fresh = sealing.seal(sealing.open(old, PLACE), PLACE);
        assertThat(sealing.needsResealing(fresh, PLACE)).isFalse();
        file = second;
        assertThat(sealing.open(fresh, PLACE)).isEqualTo(PASSWORD);
    }

    @Test
    void noFailureHoldsTheValueOrAKey() {
        String sealed = sealing.seal(PASSWORD, PLACE);
        Place other = new Place("accounts", UUID.randomUUID(), "password");
        assertSilent(catchThrowable(() -> sealing.open(sealed, other)));
        assertSilent(catchThrowable(() -> sealing.open(PASSWORD.reveal(), PLACE)));
        assertSilent(catchThrowable(() -> SealingKeys.of(Secret.of(first + PASSWORD.reveal()))));
        assertSilent(catchThrowable(() -> SealingKeys.of(Secret.of(first + first.substring(4)))));
        file = second;
        assertSilent(catchThrowable(() -> sealing.open(sealed, PLACE)));
    }

    @Test
    void keysThatAreNoneAreRefusedByTheirLine() {
        assertThatThrownBy(() -> SealingKeys.of(Secret.of(""))).hasMessage("it holds no key: \"openssl rand -base64 32\" writes one");
        assertThatThrownBy(() -> SealingKeys.of(Secret.of(first + "AAAA\n"))).hasMessageStartingWith("its line 2 is no key");
        assertThatThrownBy(() -> SealingKeys.of(Secret.of(first + "\n" + second))).hasMessageStartingWith("its line 2 is no key");
    }

    private void assertRefused(String text) {
        assertThatThrownBy(() -> sealing.open(text, PLACE)).as(text).isInstanceOf(SealingException.class);
    }

    private void assertSilent(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("horse", first.strip(), first.substring(4, 20), second.strip());
    }

    private static String id(String sealed) {
        return sealed.split(":")[1];
    }

    private static String body(String sealed) {
        return sealed.split(":")[2];
    }

    private static String head(String sealed) {
        return sealed.substring(0, sealed.lastIndexOf(':') + 1);
    }
}
