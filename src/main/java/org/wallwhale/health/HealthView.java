package org.wallwhale.health;

import java.util.List;

/**
 * The answer of {@code /health} and the addresses below it, in the shape of MicroProfile Health 4.0.
 *
 * @param status {@code UP} or {@code DOWN}
 */
public record HealthView(String status, List<Check> checks) {
    static HealthView of(List<Check> checks) {
        return new HealthView(checks.stream().allMatch(Check::isUp) ? "UP" : "DOWN", checks);
    }

    boolean isUp() {
        return status.equals("UP");
    }
}
