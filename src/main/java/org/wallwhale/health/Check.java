package org.wallwhale.health;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;

/**
 * What was found out about one part of this instance, in the shape of MicroProfile Health 4.0. Open to everybody: {@code data} names
 * no account, path or address.
 *
 * @param status {@code UP} or {@code DOWN}
 * @param troubles those that are known of it; not part of the shape, and for operators only
 */
public record Check(String name, String status, Map<String, Object> data, @JsonIgnore List<Trouble> troubles) {
    /** {@code DOWN} when one of the troubles is. */
    static Check of(String name, Map<String, Object> data, List<Trouble> troubles) {
        return new Check(name, troubles.stream().anyMatch(trouble -> trouble.severity() == Severity.DOWN) ? "DOWN" : "UP", data, troubles);
    }

    boolean isUp() {
        return status.equals("UP");
    }
}
