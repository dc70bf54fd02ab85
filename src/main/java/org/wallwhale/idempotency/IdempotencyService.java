package org.wallwhale.idempotency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.idempotency.IdempotencyRepository.Place;
import org.wallwhale.problem.Problem;

/** The transactions of {@link Idempotency}. */
@ApplicationScoped
class IdempotencyService {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int AT_ONCE = 500;
    private IdempotencyRepository keys;
    private ClockRepository clock;

    IdempotencyService() {
    }

    @Inject
    IdempotencyService(IdempotencyRepository keys, ClockRepository clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Gives the call a row to lock, where it has none. Fails when another one does so at the same moment. */
    @Transactional
    void makePlace(Call call) {
        keys.ensure(call.id(), clock.now());
    }

    /** As {@link Idempotency#once}; empty while another call with the same key runs, or before there is a place to lock. */
    @Transactional
    <T extends Record> Optional<Answer<T>> answer(Call call, Class<T> type, Supplier<T> deed, UnaryOperator<T> kept) {
        return keys.lock(call.id(), clock.now().minus(KEPT)).map(place -> {
            if (place.answer() != null) {
                return new Answer<>(Written.read(demandSame(place, call).answer(), type), true);
            }
            T value = deed.get();
            keys.answer(call.id(), call.requestHash(), demandShort(Written.write(kept.apply(value))), clock.now());
            return new Answer<>(value, false);
        });
    }

    /** The deed goes with it: what could not be answered again must not happen by a call that will be sent again. */
    private static String demandShort(String answer) {
        if (answer.length() > IdempotencyRepository.LONGEST_ANSWER) {
            throw Problem.UNPROCESSABLE.because("The answer to this request would be too long to be kept for its Idempotency-Key: "
                    + "ask for less at once, or send no key.");
        }
        return answer;
    }

    private static Place demandSame(Place place, Call call) {
        if (!place.requestHash().equals(call.requestHash())) {
            throw Problem.UNPROCESSABLE.because("This Idempotency-Key belongs to another request of the last 24 hours: "
                    + "send this one with a key of its own.");
        }
        return place;
    }

    /** False when nothing more is to be forgotten. */
    @NeedsNoRoom
    @Transactional
    boolean dropSome() {
        return keys.deleteUnusedSince(clock.now().minus(KEPT), AT_ONCE) == AT_ONCE;
    }
}
