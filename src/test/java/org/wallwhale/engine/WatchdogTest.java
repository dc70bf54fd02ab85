package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wallwhale.engine.OutputParser.Sign;

class WatchdogTest {
    private final Clock clock = new Clock();
    private final EngineConfig config = Engines.config(Path.of("unused"), Map.of(
            "wallwhale.engine.stall-after-seconds", "120", "wallwhale.engine.login-stall-after-seconds", "90"));
    private final Watchdog watchdog = new Watchdog(config, Duration.ofHours(1), clock.getAsLong());

    @Test
    void aSilentLoginIsSteamsFault() {
        clock.pass(Duration.ofSeconds(90));
        assertThat(verdict(false)).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        assertThat(verdict(false)).contains(Reason.STEAM_TIMEOUT);
    }

    @Test
    void growthOnTheDiskIsASignOfLife() {
        for (int i = 1; i < 10; i++) {
            clock.pass(Duration.ofSeconds(100));
            watchdog.disk(i, clock.getAsLong());
            assertThat(verdict(true)).isEmpty();
        }
        clock.pass(Duration.ofSeconds(121));
        watchdog.disk(9, clock.getAsLong());
        assertThat(verdict(true)).contains(Reason.STALLED);
    }

    @Test
    void repeatedErrorsAreNoSignOfLife() {
        for (int i = 0; i < 121; i++) {
            clock.pass(Duration.ofSeconds(1));
            watchdog.line(Sign.TROUBLE, clock.getAsLong());
        }
        assertThat(verdict(true)).contains(Reason.STALLED);
        watchdog.line(Sign.CONTENT, clock.getAsLong());
        assertThat(verdict(true)).isEmpty();
    }

    @Test
    void checkingALargeFileIsWorkWithoutOutputOrGrowth() {
        watchdog.line(Sign.VALIDATING, clock.getAsLong());
        work(Duration.ofSeconds(600));
        assertThat(verdict(true)).isEmpty();
    }

    @Test
    void linesOfOtherFilesDoNotEndACheck() {
        watchdog.line(Sign.VALIDATING, clock.getAsLong());
        watchdog.line(Sign.PREPARING, clock.getAsLong());
        watchdog.line(Sign.CONTENT, clock.getAsLong());
        watchdog.disk(4096, clock.getAsLong());
        work(Duration.ofSeconds(600));
        assertThat(verdict(true)).isEmpty();
    }

    @Test
    void contentThatArrivesEndsAllChecks() {
        watchdog.disk(5 << 20, clock.getAsLong());
        watchdog.line(Sign.VALIDATING, clock.getAsLong());
        watchdog.disk(6 << 20, clock.getAsLong());
        work(Duration.ofSeconds(121));
        assertThat(verdict(true)).contains(Reason.STALLED);
    }

    @Test
    void workOtherThanCheckingFilesIsNoSignOfLife() {
        watchdog.line(Sign.VALIDATING, clock.getAsLong());
        watchdog.line(Sign.TROUBLE, clock.getAsLong());
        work(Duration.ofSeconds(121));
        assertThat(verdict(true)).contains(Reason.STALLED);
    }

    @Test
    void aCheckThatNoLongerWorksIsStalled() {
        watchdog.line(Sign.VALIDATING, clock.getAsLong());
        work(Duration.ofSeconds(60));
        clock.pass(Duration.ofSeconds(122));
        watchdog.processor(Duration.ofSeconds(60), clock.getAsLong());
        assertThat(verdict(true)).contains(Reason.STALLED);
    }

    @Test
    void whoeverWaitsForAPersonIsNotStalled() {
        clock.pass(Duration.ofSeconds(300));
        watchdog.waitingForPerson(clock.getAsLong());
        assertThat(verdict(false)).isEmpty();
    }

    @Test
    void aLivelyRunEndsAtItsLongestTime() {
        clock.pass(Duration.ofMinutes(61));
        watchdog.line(Sign.CONTENT, clock.getAsLong());
        assertThat(verdict(true)).contains(Reason.TIMED_OUT);
    }

    private void work(Duration time) {
        for (long second = 1; second <= time.toSeconds(); second++) {
            clock.pass(Duration.ofSeconds(1));
            watchdog.processor(Duration.ofSeconds(second), clock.getAsLong());
        }
    }

    private Optional<Reason> verdict(boolean contentBegan) {
        return watchdog.verdict(contentBegan, "", clock.getAsLong()).map(Failure::reason);
    }
}
