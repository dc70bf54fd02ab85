package org.wallwhale.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wallwhale.access.ApiKeyView;
import org.wallwhale.access.CreatedApiKey;
import org.wallwhale.access.Limits;
import org.wallwhale.download.Kind;
import org.wallwhale.download.DownloadView;
import org.wallwhale.download.Failure;
import org.wallwhale.download.Phase;
import org.wallwhale.download.Status;
import org.wallwhale.secret.Secret;
import org.wallwhale.steam.GuardPrompt;

class WrittenTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123456789Z");

    @Test
    void aDownloadComesBackAsItWas() {
        DownloadView download = new DownloadView(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "3000000000", Kind.ITEM, Status.FAILED, Phase.WAITING,
                "It starts later.", new GuardPrompt(GuardPrompt.Kind.EMAIL_CODE, "j***@e***.com", 1, NOW), "sandbox", "mods", -3, NOW, 42, Long.MAX_VALUE, null, 7, 8L, "Ä \"title\"", null, 431960, "1", 2, NOW, NOW, null,
                NOW, new Failure("stalled", "Nothing arrived.", "Wait."), "Nothing arrived.", false, NOW, Map.of(Status.QUEUED, 3), Map.of());
        assertThat(again(download, DownloadView.class)).isEqualTo(download);
    }

    @Test
    void aKeyComesBackWithWhatTheWireLeavesOut() {
        ApiKeyView key = new ApiKeyView(UUID.randomUUID(), UUID.randomUUID(), "a script", "live", "ww_live_abcd", "wxyz", List.of("download:*"),
                true, new Limits(1, 2, 3, 4, 5, 6, null), null, List.of("192.0.2.0/24"),
                JsonNodeFactory.instance.objectNode().put("a", 1).putNull("b"), null, NOW, 9, NOW, NOW, null, 17);
        CreatedApiKey created = new CreatedApiKey(null, key);
        assertThat(again(created, CreatedApiKey.class)).isEqualTo(created);
    }

    @Test
    void whatALaterVersionHasWrittenOrAnEarlierOneDidNotKnowIsNoTrouble() {
        assertThat(Written.read("{\"code\":\"a\",\"message\":\"b\",\"newer\":{\"x\":1}}", Failure.class)).isEqualTo(new Failure("a", "b", null));
    }

    @Test
    void aSecretIsNeverWritten() {
        assertThatThrownBy(() -> Written.write(Map.of("password", Secret.of("hush")))).hasMessageNotContaining("hush");
    }

    @Test
    void onlyEqualThingsHaveTheSameHash() {
        assertThat(Written.hash(List.of("a", "b"))).isEqualTo(Written.hash(List.of("a", "b"))).matches("[0-9a-f]{64}")
                .isNotEqualTo(Written.hash(List.of("ab"))).isNotEqualTo(Written.hash(List.of("b", "a")));
    }

    private static <T> T again(T value, Class<T> type) {
        return Written.read(Written.write(value), type);
    }
}
