package org.wallwhale.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.Beans;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** What calls that are sent again may expect, on every database. The effect of a call is a row. */
abstract class IdempotencyContract {
    private static final UUID ANN = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private Beans beans;
    private Idempotency idempotency;

    abstract TestDatabase open();

    record Thing(String name, String secret) {
        Thing withoutSecret() {
            return new Thing(name, null);
        }
    }

    @BeforeEach
    void start() {
        beans = new Beans(open(), Map.of());
        idempotency = beans.get(Idempotency.class);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        beans.close();
    }

    @Test
    void theSecondOfTwoEqualCallsGetsTheFirstAnswerAndDoesNothing() throws Exception {
        Answer<Thing> first = make(call(ANN, "make", "k", "body"));
        Answer<Thing> second = make(call(ANN, "make", "k", "body"));
        assertThat(first.replayed()).isFalse();
        assertThat(second).isEqualTo(new Answer<>(first.value().withoutSecret(), true));
        assertThat(effects()).isEqualTo(1);
        assertThat(sql("select answer from idempotency_keys")).singleElement().asString().doesNotContain("hush");
    }

    @Test
    void whoSendsNoKeyIsNeverRepeated() throws Exception {
        Call call = Call.of(ANN, "make", null, "body");
        beans.transaction(() -> make(call));
        assertThat(beans.transaction(() -> make(call)).replayed()).isFalse();
        assertThat(effects()).isEqualTo(2);
        assertThat(sql("select id from idempotency_keys")).isEmpty();
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefusedAndLeavesTheFirstAsItWas() throws Exception {
        Answer<Thing> first = make(call(ANN, "make", "k", "body"));
        assertThatThrownBy(() -> make(call(ANN, "make", "k", "another body"))).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem()).isEqualTo(Problem.UNPROCESSABLE);
            assertThat(refused).hasMessageContaining("Idempotency-Key");
        });
        assertThat(make(call(ANN, "make", "k", "body")).value().name()).isEqualTo(first.value().name());
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void theSameKeyOfAnotherCallerOrForAnotherOperationIsAnotherCall() throws Exception {
        make(call(ANN, "make", "k", "body"));
        assertThat(make(call(BOB, "make", "k", "another body")).replayed()).isFalse();
        assertThat(make(call(ANN, "remake", "k", "another body")).replayed()).isFalse();
        assertThat(make(call(ANN, "make", "K", "another body")).replayed()).isFalse();
        assertThat(effects()).isEqualTo(4);
    }

    @Test
    void whatFailedHadNoEffectAndMayBeSentAgainAlsoChanged() throws Exception {
        Call call = call(ANN, "make", "k", "body");
        assertThatThrownBy(() -> idempotency.once(call, Thing.class, () -> {
            effect();
            throw Problem.TOO_MANY_REQUESTS.because("not now");
        })).hasMessage("not now");
        assertThat(effects()).as("of the one that failed").isZero();
        assertThat(make(call(ANN, "make", "k", "another body")).replayed()).isFalse();
        assertThat(make(call(ANN, "make", "k", "another body")).replayed()).isTrue();
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void anAnswerThatIsTooLongToBeKeptIsRefusedTogetherWithItsDeed() throws Exception {
        Call call = call(ANN, "make", "k", "body");
        int frame = Written.write(new Thing("", null)).length();
        assertThatThrownBy(() -> idempotency.once(call, Thing.class, () -> {
            effect();
            return new Thing("x".repeat(1_000_001 - frame), null);
        })).isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.UNPROCESSABLE));
        assertThat(effects()).isZero();
        String longest = "x".repeat(1_000_000 - frame);
        idempotency.once(call, Thing.class, () -> new Thing(longest, null));
        assertThat(make(call)).isEqualTo(new Answer<>(new Thing(longest, null), true));
    }

    @Test
    void eightEqualCallsAtTheSameMomentHaveOneEffectAndEqualAnswers() throws Exception {
        for (int round = 0; round < 40; round++) {
            Call call = call(ANN, "make", "round " + round, "body");
            CyclicBarrier together = new CyclicBarrier(8);
            List<Answer<Thing>> answers = answers(Collections.nCopies(8, () -> {
                together.await();
                return make(call);
            }));
            assertThat(answers).extracting(answer -> answer.value().name()).containsOnly(answers.get(0).value().name());
            assertThat(answers).filteredOn(answer -> !answer.replayed()).hasSize(1);
            assertThat(effects()).isEqualTo(round + 1);
        }
    }

    @Test
    void whoComesWhileTheFirstStillRunsIsRefusedAndGetsItsAnswerLater() throws Exception {
        Call call = call(ANN, "make", "k", "body");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Future<Answer<Thing>> first = threads.submit(() -> idempotency.once(call, Thing.class, () -> {
            inside.countDown();
            await(mayEnd);
            return effect();
        }));
        inside.await();
        for (String body : List.of("body", "another body")) {
            assertThatThrownBy(() -> make(call(ANN, "make", "k", body))).isInstanceOfSatisfying(ProblemException.class, refused -> {
                assertThat(refused.problem()).isEqualTo(Problem.CONFLICT);
                assertThat(refused).hasMessageContaining("Idempotency-Key");
            });
        }
        assertThat(make(call(ANN, "make", "another key", "body")).replayed()).as("nobody else waits for it").isFalse();
        mayEnd.countDown();
        assertThat(make(call).value().name()).isEqualTo(first.get().value().name());
        assertThat(effects()).isEqualTo(2);
    }

    @Test
    void anAnswerIsForgottenAfterADay() throws Exception {
        make(call(ANN, "make", "k", "body"));
        update("update idempotency_keys set used_at = used_at - interval '86390' second");
        assertThat(make(call(ANN, "make", "k", "body")).replayed()).as("ten seconds before").isTrue();
        update("update idempotency_keys set used_at = used_at - interval '10' second");
        assertThat(make(call(ANN, "make", "k", "another body")).replayed()).as("another request, a day later").isFalse();
        assertThat(make(call(ANN, "make", "k", "another body")).replayed()).isTrue();
    }

    @Test
    void whatIsForgottenIsDroppedInStepsAndTheRestStays() throws Exception {
        for (int ten = 0; ten < 60; ten++) {
            update("insert into idempotency_keys (id, used_at) values " + IntStream.range(10 * ten, 10 * ten + 10)
                    .mapToObj(i -> "('" + i + "', current_timestamp - interval '86401' second)").collect(Collectors.joining(", ")));
        }
        make(call(ANN, "make", "k", "body"));
        assertThat(beans.get(IdempotencyService.class).dropSome()).as("more remains").isTrue();
        assertThat(sql("select id from idempotency_keys")).hasSize(101);
        idempotency.dropOld();
        assertThat(sql("select id from idempotency_keys")).hasSize(1);
        assertThat(make(call(ANN, "make", "k", "body")).replayed()).isTrue();
    }

    @Test
    void droppingWhileCallsRunSpoilsNone() throws Exception {
        assertThat(answers(IntStream.range(0, 60).<Callable<Answer<Thing>>>mapToObj(i -> () -> {
            Call call = call(ANN, "make", "old " + i % 6, "body");
            Answer<Thing> answer = make(call);
            update("update idempotency_keys set used_at = timestamp '2020-01-01 00:00:00' where id = '" + call.id() + "'");
            idempotency.dropOld();
            return answer;
        }).toList())).isNotEmpty();
        assertThat(sql("select id from idempotency_keys where answer is not null")).isEmpty();
    }

    /** Of all but those who waited for two seconds in vain, as they may on a busy machine. */
    private List<Answer<Thing>> answers(List<Callable<Answer<Thing>>> calls) throws Exception {
        List<Answer<Thing>> answers = new ArrayList<>();
        for (Future<Answer<Thing>> answer : threads.invokeAll(calls)) {
            try {
                answers.add(answer.get());
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOfSatisfying(ProblemException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.CONFLICT));
            }
        }
        return answers;
    }

    private static Call call(UUID caller, String operation, String key, String body) {
        return Call.of(caller, operation, key, body);
    }

    private Answer<Thing> make(Call call) {
        return idempotency.once(call, Thing.class, this::effect, Thing::withoutSecret);
    }

    private Thing effect() {
        String name = UUID.randomUUID().toString();
        beans.get(EntityManager.class).createNativeQuery("insert into key_fingerprints (name, fingerprint) values (?1, 'an effect')")
                .setParameter(1, name).executeUpdate();
        return new Thing(name, "hush");
    }

    private int effects() throws Exception {
        return sql("select name from key_fingerprints where fingerprint = 'an effect'").size();
    }

    private List<?> sql(String query) throws Exception {
        return beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(query).getResultList());
    }

    private void update(String statement) throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(statement).executeUpdate());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
