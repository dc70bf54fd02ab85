package org.wallwhale.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoopsTest {
    private final Registry registry = new Registry();
    private long now = Long.MAX_VALUE - 10;
    private final Loops loops = new Loops(registry, () -> now);
    private boolean fails;
    private final Loop claim = loops.every(Duration.ofSeconds(2), "claim downloads", this::turn);

    private void turn() {
        if (fails) {
            throw new StackOverflowError("of a test");
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void aLoopIsStuckTenMinutesAfterItsPause() {
        claim.run();
        pass(Duration.ofSeconds(602));
        assertThat(loops.stuck()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(loops.stuck()).containsExactly("claim downloads");
        claim.run();
        assertThat(loops.stuck()).isEmpty();
    }

    @Test
    void oneThatWasNeverRunIsStuckToo() {
        pass(Duration.ofMinutes(11));
        assertThat(loops.stuck()).containsExactly("claim downloads");
    }

    @Test
    void aTurnThatFailsIsATurn() {
        fails = true;
        pass(Duration.ofMinutes(11));
        claim.run();
        assertThat(loops.stuck()).isEmpty();
    }

    @Test
    void theAgeIsTold() throws IOException {
        pass(Duration.ofMillis(1500));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        registry.write(text);
        assertThat(text.toString(StandardCharsets.UTF_8)).contains("wallwhale_loop_age_seconds{loop=\"claim downloads\"} 1.5");
    }
}
