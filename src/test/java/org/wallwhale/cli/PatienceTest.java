package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final StringWriter shown = new StringWriter();

    @Test
    void onATerminalTheTimeRunsInPlaceAndIsGoneAfterwards() {
        assertThat(patience(true).await("Working", () -> until("Working … 3 s"))).isEqualTo("done");
        assertThat(shown.toString()).startsWith("\rWorking … 1 s\rWorking … 2 s\rWorking … 3 s").endsWith("\r\u001b[K").doesNotContain("\n");
    }

    @Test
    void elsewhereItIsALineNowAndThen() {
        assertThat(patience(false).await("Working", () -> until("40 s"))).isEqualTo("done");
        assertThat(shown.toString().lines()).startsWith("Working … 10 s", "Working … 20 s", "Working … 40 s");
    }

    @Test
    void whatIsQuickIsSilentAndWhatFailsFails() {
        Patience patience = new Patience(new PrintWriter(shown), true);
        assertThat(patience.await("Working", () -> "done")).isEqualTo("done");
        assertThatThrownBy(() -> patience.await("Working", () -> {
            throw new CommandFailure(CommandFailure.SETTINGS, "No.");
        })).isInstanceOf(CommandFailure.class).hasMessage("No.");
        assertThat(shown.toString()).isEmpty();
    }

    private Patience patience(boolean terminal) {
        return new Patience(new PrintWriter(shown), terminal, Duration.ofMillis(1));
    }

    private String until(String text) {
        while (!shown.toString().contains(text)) {
            LockSupport.parkNanos(100_000);
        }
        return "done";
    }
}
