package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProblemMapperTest {
    private static final class OneTrouble extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static final class AnotherTrouble extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Test
    void eachKindOfTroubleIsToldOnceAMinute() {
        long start = System.nanoTime();
        assertThat(ProblemMapper.isToldNow(new RuntimeException(new OneTrouble()), start)).isTrue();
        assertThat(ProblemMapper.isToldNow(new IllegalStateException(new RuntimeException(new OneTrouble())), start + 1)).isFalse();
        assertThat(ProblemMapper.isToldNow(new RuntimeException(new AnotherTrouble()), start + 2)).as("of another kind").isTrue();
        assertThat(ProblemMapper.isToldNow(new OneTrouble(), start + TimeUnit.MINUTES.toNanos(1))).as("a minute later").isTrue();
        assertThat(ProblemMapper.isToldNow(new AnotherTrouble(), start + TimeUnit.MINUTES.toNanos(1))).isFalse();
    }
}
