package org.wallwhale.idempotency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.wallwhale.problem.Problem;

/** Has calls that are sent again answered as they were the first time, for 24 hours by the database's clock. See docs/adr/0007. */
@ApplicationScoped
public class Idempotency {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private IdempotencyService service;

    Idempotency() {
    }

    @Inject
    Idempotency(IdempotencyService service) {
        this.service = service;
    }

    /** As {@link #once(Call, Class, Supplier, UnaryOperator)}, with the whole answer kept. */
    public <T extends Record> Answer<T> once(Call call, Class<T> type, Supplier<T> deed) {
        return once(call, type, deed, UnaryOperator.identity());
    }

    /**
     * Does the deed, unless it was done for this call before, and records the answer in the deed's own transaction: either both are
     * there or neither, and a deed that fails leaves nothing. UNPROCESSABLE for another request with the same key; CONFLICT when
     * the first call still runs after two seconds. Call it outside of a transaction; without a key the deed is done as it is.
     *
     * @param kept what may be recorded of an answer, and is all that a later call gets: no secret
     */
    public <T extends Record> Answer<T> once(Call call, Class<T> type, Supplier<T> deed, UnaryOperator<T> kept) {
        if (call.key().isEmpty()) {
            return new Answer<>(deed.get(), false);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<Answer<T>> answer = tried(call, type, deed, kept);
        while (answer.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = tried(call, type, deed, kept);
        }
        return answer.orElseThrow(() -> Problem.CONFLICT.because(
                "A request with this Idempotency-Key is still running: send it again to get its answer."));
    }

    private <T extends Record> Optional<Answer<T>> tried(Call call, Class<T> type, Supplier<T> deed, UnaryOperator<T> kept) {
        try {
            service.makePlace(call);
        } catch (RuntimeException e) {
            // of two that come at once one fails; its second time finds the other's row
            service.makePlace(call);
        }
        return service.answer(call, type, deed, kept);
    }

    /** Forgets what is older than 24 hours, in small steps. */
    public void dropOld() {
        while (service.dropSome()) {
            continue;
        }
    }
}
