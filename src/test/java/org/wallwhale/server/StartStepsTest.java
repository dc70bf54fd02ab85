package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartStepsTest {
    private final StartSteps steps = new StartSteps();
    private final List<String> ended = new ArrayList<>();

    @Test
    void anErrorEndsAllThatWasBegunAndIsASentence() {
        steps.begin(() -> { }, () -> ended.add("first"));
        steps.begin(() -> { }, () -> {
            throw new NoClassDefFoundError("one more");
        });
        RuntimeException thrown = null;
        try {
            steps.begin(() -> {
                throw new OutOfMemoryError("Java heap space");
            }, () -> ended.add("halfway"));
        } catch (Throwable e) {
            thrown = steps.undo(e);
        }
        assertThat(thrown).hasMessage("The start is refused, because it failed: java.lang.OutOfMemoryError: Java heap space")
                .hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(ended).containsExactly("halfway", "first");
    }

    @Test
    void aRefusalThatHasItsSentenceKeepsIt() {
        IllegalStateException refusal = new IllegalStateException("The start is refused, and nothing was changed");
        assertThat(steps.undo(refusal)).isSameAs(refusal);
    }

    @Test
    void aRefusalIsForGoodUnlessItSaysOtherwiseAndAFailureNeverIs() {
        assertThat(StartSteps.isForGood(new IllegalStateException("The start is refused: another server is named so."))).isTrue();
        assertThat(StartSteps.isForGood(new IllegalStateException("The start is refused for now: a backup is being restored."))).isFalse();
        assertThat(StartSteps.isForGood(new IllegalStateException("Connection refused"))).isFalse();
        assertThat(StartSteps.isForGood(new OutOfMemoryError())).isFalse();
    }
}
