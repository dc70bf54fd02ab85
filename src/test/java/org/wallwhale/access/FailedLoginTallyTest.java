package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FailedLoginTallyTest {
    private final Map<UUID, Integer> written = new HashMap<>();
    private boolean databaseIsAway;
    private final FailedLoginTally failures = new FailedLoginTally(new FailedLoginService() {
        @Override
        void add(Map<UUID, FailedLoginTally.Count> counts) {
            if (databaseIsAway) {
                throw new IllegalStateException("No database");
            }
            counts.forEach((user, count) -> written.merge(user, count.number(), Integer::sum));
        }
    });

    @Test
    void eachIsWrittenDownOnceAndTogetherWithTheOthers() {
        UUID ann = UUID.randomUUID();
        UUID bob = UUID.randomUUID();
        failures.count(ann);
        failures.count(ann);
        failures.count(bob);
        assertThat(written).isEmpty();
        failures.write(ann);
        assertThat(written).isEqualTo(Map.of(ann, 2));
        failures.write();
        failures.write();
        failures.write(ann);
        assertThat(written).isEqualTo(Map.of(ann, 2, bob, 1));
    }

    @Test
    void whatCannotBeWrittenWaits() {
        UUID ann = UUID.randomUUID();
        failures.count(ann);
        databaseIsAway = true;
        failures.write();
        failures.count(ann);
        failures.write(ann);
        databaseIsAway = false;
        failures.write();
        assertThat(written).isEqualTo(Map.of(ann, 2));
    }

    @Test
    void whoGuessesAtAllAccountsFillsNoMemory() {
        UUID ann = UUID.randomUUID();
        failures.count(ann);
        for (int i = 0; i < FailedLoginTally.MOST + 5; i++) {
            failures.count(UUID.randomUUID());
        }
        failures.count(ann);
        failures.write();
        assertThat(written).hasSize(FailedLoginTally.MOST).containsEntry(ann, 2);
    }
}
