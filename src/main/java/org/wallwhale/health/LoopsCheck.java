package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.wallwhale.metrics.Loops;

/** Up while no loop of this instance hangs. */
@ApplicationScoped
class LoopsCheck {
    static final String NAME = "loops";
    @Inject
    private Loops loops;

    Check look() {
        List<String> stuck = loops.stuck();
        return Check.of(NAME, Map.of("stuck", stuck.size()), stuck.stream().map(what -> new Trouble(NAME, Severity.DOWN,
                "This instance has not managed to " + what + " for more than ten minutes: the loop that does so hangs.",
                "Start this instance anew; others take over its downloads. Keep a thread dump (jstack) of it for a report.")).toList());
    }
}
