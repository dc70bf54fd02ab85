package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wallwhale.secret.Secret;

class LogLinesTest {
    private final Clock clock = new Clock();
    private final List<String> seen = new ArrayList<>();

    @Test
    void thePasswordIsHiddenWhereverItAppears() {
        LogLines log = log("u", "c4n-ary");
        log.accept("echo: c4n-ary, twice c4n-ary, /srv/target/content/c4n-ary.txt", false);
        assertThat(seen).containsExactly("echo: ***, twice ***, ***.txt");
        assertThat(log.clean("c4n-ary")).isEqualTo("***");
    }

    @Test
    void aPasswordThatIsTheUserNameIsNoSecret() {
        log("sandbox", "sandbox").accept("Logging 'sandbox' into Steam3...", false);
        assertThat(seen).containsExactly("Logging 'sandbox' into Steam3...");
    }

    @Test
    void pathsOfThisMachineAreHidden() {
        log("u", "secret").accept("Pre-allocating /srv/target/content/a/b.txt in /srv/target of /srv/home/.local", false);
        assertThat(seen).containsExactly("Pre-allocating a/b.txt in . of ~/.local");
    }

    @Test
    void aFloodIsThinnedAndCountedButItsEndIsTold() {
        LogLines log = log("u", "secret");
        for (int i = 0; i < 100_000; i++) {
            log.accept("line " + i, false);
        }
        assertThat(seen).hasSize(200).endsWith("line 199");
        clock.pass(Duration.ofSeconds(1));
        log.accept("after a second", false);
        assertThat(seen).hasSize(202).endsWith("… 99800 lines left out", "after a second");
        for (int i = 0; i < 100; i++) {
            log.accept("last " + i, false);
        }
        log.end();
        assertThat(seen).hasSize(202 + 19 + 1 + 20).contains("last 18", "… 61 lines left out").endsWith("last 98", "last 99");
    }

    @Test
    void aRunOfManyHoursFillsNoDatabaseButItsEndIsTold() {
        LogLines log = log("u", "secret");
        for (int i = 1; i <= 50_000; i++) {
            log.accept("line " + i, false);
            clock.pass(Duration.ofSeconds(1));
        }
        assertThat(seen).hasSize(10_001).endsWith("line 10000", "… this log is full; its last lines follow at the end");
        log.end();
        assertThat(seen).hasSize(10_001 + 1 + 20).contains("… 39980 lines left out").endsWith("line 49999", "line 50000");
    }

    @Test
    void whatRepeatsWithoutEndIsToldRarely() {
        LogLines log = log("u", "secret");
        for (int i = 0; i < 6000; i++) {
            log.accept("Connection timeout", true);
            clock.pass(Duration.ofMillis(10));
        }
        assertThat(seen).hasSizeBetween(100, 300);
    }

    private LogLines log(String user, String password) {
        Fetch fetch = new Fetch(new Tool(List.of("x"), false), 1, "1", Optional.of(new Login(user, Secret.of(password))),
                Path.of("/srv/home"), Path.of("/srv/target"), false, Duration.ofSeconds(1));
        return new LogLines(fetch, seen::add, clock);
    }
}
