package org.wallwhale.steam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.Beans;
import org.wallwhale.cluster.Notified;
import org.wallwhale.database.TestDatabase;

class GuardBellTest {
    private final Beans beans = new Beans(TestDatabase.h2(), Map.of("wallwhale.data-dir", "target"));
    private final GuardBell bell = beans.get(GuardBell.class);
    private final UUID subject = UUID.randomUUID();

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void itRingsOnceForAnAnswerHereOrOnAnotherInstanceAndForNobodyWhoDoesNotListen() {
        bell.tell(new PromptAnswered(subject));
        assertThat(bell.rang(subject)).isFalse();
        bell.listen(subject);
        assertThat(bell.rang(subject)).isFalse();
        bell.tell(new PromptAnswered(subject));
        bell.tell(new PromptAnswered(UUID.randomUUID()));
        assertThat(bell.rang(subject)).isTrue();
        assertThat(bell.rang(subject)).isFalse();
        bell.hear(new Notified("queue", List.of("")));
        bell.hear(new Notified("guard", List.of(UUID.randomUUID().toString(), subject.toString())));
        assertThat(bell.rang(subject)).isTrue();
        bell.hear(new Notified("guard", List.of(subject.toString())));
        bell.leave(subject);
        assertThat(bell.rang(subject)).isFalse();
    }
}
