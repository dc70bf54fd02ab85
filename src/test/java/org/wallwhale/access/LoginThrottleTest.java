package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

class LoginThrottleTest {
    private static final String OWNER = "owner@example.org";
    private long now = 1_000_000_000_000L;
    private final LoginThrottle throttle = new LoginThrottle(() -> now);

    @Test
    void anAttackFromOneAddressGetsFewerThan20TriesAnHourWithGrowingWaits() {
        assertThat(triesWithin(Duration.ofHours(1), i -> OWNER, i -> "192.0.2.1")).isBetween(10, 19);
    }

    @Test
    void anAttackFromManyAddressesGetsFewerThan100TriesAnHour() {
        assertThat(triesWithin(Duration.ofHours(1), i -> OWNER, i -> "192.0.2." + i % 250)).isBetween(30, 99);
    }

    @Test
    void anAddressGetsAtMost30TriesAMinuteHoweverManyAccounts() {
        assertThat(triesWithin(Duration.ofMinutes(1), i -> "user" + i + "@example.org", i -> "192.0.2.1")).isBetween(15, 30);
    }

    @Test
    void theAddressesOfOneIpv6NetworkCountAsOne() {
        assertThat(triesWithin(Duration.ofMinutes(1), i -> "user" + i + "@example.org",
                i -> "2001:db8:0:1::" + Integer.toHexString(i))).isBetween(15, 30);
        assertThatCode(() -> throttle.demand(OWNER, "2001:db8:0:2::1")).doesNotThrowAnyException();
    }

    @Test
    void theOwnerGetsInFromAnotherAddressWhileTheAccountIsAttacked() {
        triesWithin(Duration.ofHours(1), i -> OWNER, i -> "192.0.2." + i % 10);
        assertThatCode(() -> throttle.demand(OWNER, "198.51.100.7")).doesNotThrowAnyException();
    }

    @Test
    void theOwnersKnownAddressIsBoundByItsOwnFailuresOnly() {
        throttle.demand(OWNER, "198.51.100.7");
        throttle.succeeded(OWNER, "198.51.100.7");
        triesWithin(Duration.ofHours(1), i -> OWNER, i -> "192.0.2." + i % 250);
        assertThatCode(() -> throttle.demand(" Owner@Example.org", "198.51.100.7")).doesNotThrowAnyException();
    }

    @Test
    void rightPasswordsCostNothing() {
        for (int i = 0; i < 1000; i++) {
            throttle.demand(OWNER, "198.51.100.7");
            throttle.succeeded(OWNER, "198.51.100.7");
        }
    }

    @Test
    void aTryThatTheServerHadNoTimeForCostsNothing() {
        for (int i = 0; i < 1000; i++) {
            throttle.demand(OWNER, "198.51.100.7");
            throttle.notTried(OWNER, "198.51.100.7");
        }
    }

    @Test
    void parallelTriesCannotSlipThrough() {
        assertThat(IntStream.range(0, 500).parallel().filter(i -> waitFor(OWNER, "192.0.2.1") == 0).count()).isEqualTo(5);
    }

    @Test
    void whoWaitsAsToldIsLetTry() {
        long longest = 0;
        for (int i = 0; i < 30; i++) {
            long wait = waitFor(OWNER, "192.0.2.1");
            if (wait > 0) {
                assertThat(wait).as("it grows").isGreaterThanOrEqualTo(longest);
                longest = wait;
                now += Duration.ofSeconds(wait).toNanos();
                assertThat(waitFor(OWNER, "192.0.2.1")).isZero();
            }
        }
        assertThat(longest).isEqualTo(600);
    }

    /** Ten tries a second. */
    private int triesWithin(Duration time, IntFunction<String> email, IntFunction<String> address) {
        int tries = 0;
        for (int i = 0; i < time.toMillis() / 100; i++) {
            tries += waitFor(email.apply(i), address.apply(i)) == 0 ? 1 : 0;
            now += Duration.ofMillis(100).toNanos();
        }
        return tries;
    }

    private long waitFor(String email, String address) {
        try {
            throttle.demand(email, address);
            return 0;
        } catch (ProblemException e) {
            assertThat(e.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS);
            return e.overLimit().orElseThrow().retryAfterSeconds();
        }
    }
}
