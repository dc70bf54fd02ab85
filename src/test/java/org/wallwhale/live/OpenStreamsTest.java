package org.wallwhale.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

class OpenStreamsTest {
    private static final UUID ALICE = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();
    private final OpenStreams streams = new OpenStreams();

    @Test
    void aUserHasATenthOfAllPlaces() {
        add(ALICE, 20, 200);
        refused(Problem.TOO_MANY_REQUESTS, ALICE, 200);
        add(BOB, 20, 200);
        streams.remove(ALICE);
        add(ALICE, 1, 200);
        refused(Problem.TOO_MANY_REQUESTS, ALICE, 200);
    }

    @Test
    void aSmallServerGivesAUserTenAndAllNoMoreThanItHas() {
        add(ALICE, 10, 15);
        refused(Problem.TOO_MANY_REQUESTS, ALICE, 15);
        add(BOB, 5, 15);
        refused(Problem.UNAVAILABLE, BOB, 15);
        streams.remove(ALICE);
        add(BOB, 1, 15);
    }

    private void add(UUID user, int count, int most) {
        for (int stream = 0; stream < count; stream++) {
            streams.add(user, most);
        }
    }

    private void refused(Problem problem, UUID user, int most) {
        assertThatThrownBy(() -> streams.add(user, most)).isInstanceOfSatisfying(ProblemException.class,
                refused -> {
                    assertThat(refused.problem()).isEqualTo(problem);
                    assertThat(refused.overLimit().isPresent()).isEqualTo(problem == Problem.TOO_MANY_REQUESTS);
                });
    }
}
