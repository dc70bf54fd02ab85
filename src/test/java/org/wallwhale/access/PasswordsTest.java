package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.wallwhale.config.Settings;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.secret.Secret;

class PasswordsTest {
    private static final Map<String, String> SETTINGS = Map.of("wallwhale.access.bcrypt-cost", "4",
            "wallwhale.access.token-lifetime-seconds", "900");
    private final Passwords passwords = new Passwords(new AccessConfig(new Settings(key ->
            Optional.ofNullable(SETTINGS.get(key)))));

    @Test
    void aPasswordMatchesItsOwnHashOnly() {
        Optional<User> user = userWith("correct horse battery");
        assertThat(passwords.matches(Secret.of("correct horse battery"), user)).isTrue();
        assertThat(passwords.matches(Secret.of("correct horse Battery"), user)).isFalse();
        assertThat(passwords.matches(Secret.of(""), user)).isFalse();
    }

    @Test
    void nobodyHasNoPasswordNotEvenTheOneThatIsCompared() {
        assertThat(passwords.matches(Secret.of("nobody has this password"), Optional.empty())).isFalse();
    }

    @Test
    void theSeventyThirdByteCounts() {
        Optional<User> user = userWith("x".repeat(72) + "a");
        assertThat(passwords.matches(Secret.of("x".repeat(72) + "a"), user)).isTrue();
        assertThat(passwords.matches(Secret.of("x".repeat(72) + "b"), user)).isFalse();
        assertThat(passwords.matches(Secret.of("x".repeat(72)), user)).isFalse();
    }

    @Test
    void theLastOf128CharactersCountsInEveryScript() {
        String start = "鯨".repeat(127);
        Optional<User> user = userWith(start + "魚");
        assertThat(passwords.matches(Secret.of(start + "魚"), user)).isTrue();
        assertThat(passwords.matches(Secret.of(start + "鯨"), user)).isFalse();
    }

    @Test
    void aCharacterZeroDoesNotEndAPassword() {
        Optional<User> user = userWith("twelve\0 and more");
        assertThat(passwords.matches(Secret.of("twelve\0 and less"), user)).isFalse();
    }

    @Test
    void theSamePasswordHasAnotherHashEachTime() {
        Secret password = Secret.of("correct horse battery");
        assertThat(passwords.hash(password)).startsWith("$2b$04$").isNotEqualTo(passwords.hash(password));
    }

    @Test
    void aHashWaitsForACoreAsACheckDoes() throws Exception {
        int most = Runtime.getRuntime().availableProcessors() * 5;
        CountDownLatch done = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(most);
        try {
            for (int i = 0; i < most; i++) {
                threads.submit(() -> passwords.inTurn(() -> awaited(done)));
            }
            Secret password = Secret.of("correct horse battery");
            for (long deadline = System.nanoTime() + 4_000_000_000L; isFree(password); Thread.onSpinWait()) {
                assertThat(System.nanoTime()).as("all places are taken by then").isLessThan(deadline);
            }
        } finally {
            done.countDown();
            threads.shutdown();
        }
    }

    private boolean isFree(Secret password) {
        try {
            passwords.hash(password);
            return true;
        } catch (ProblemException e) {
            assertThat(e.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS);
            return false;
        }
    }

    private static boolean awaited(CountDownLatch done) {
        try {
            return done.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoFindsNoCoreForTheCheckIsToldWhenToComeBack() throws Exception {
        int most = Runtime.getRuntime().availableProcessors() * 5;
        Passwords slow = new Passwords(new AccessConfig(new Settings(key -> Optional.of(key.endsWith("cost") ? "13" : "900"))));
        ExecutorService threads = Executors.newFixedThreadPool(most + 20);
        try {
            List<Callable<Problem>> logins = Collections.nCopies(most + 20, () -> {
                try {
                    slow.matches(Secret.of("wrong"), Optional.empty());
                    return null;
                } catch (ProblemException e) {
                    assertThat(e.overLimit().orElseThrow().retryAfterSeconds()).isPositive();
                    return e.problem();
                }
            });
            List<Problem> answers = new ArrayList<>();
            for (Future<Problem> answer : threads.invokeAll(logins)) {
                answers.add(answer.get());
            }
            assertThat(answers.stream().filter(Objects::isNull).count()).isBetween(1L, most + 19L);
            assertThat(answers).filteredOn(Objects::nonNull).containsOnly(Problem.TOO_MANY_REQUESTS);
        } finally {
            threads.shutdownNow();
        }
        assertThat(slow.matches(Secret.of("wrong"), Optional.empty())).as("the cores are free again").isFalse();
    }

    private Optional<User> userWith(String password) {
        return Optional.of(new User("a@b", passwords.hash(Secret.of(password)), Role.USER, Instant.EPOCH));
    }
}
