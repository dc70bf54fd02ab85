package org.wallwhale.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.CallerService;
import org.wallwhale.access.Callers;
import org.wallwhale.access.Scope;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.SettableClock;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.problem.Problem;

class TransferWatchTest {
    private static final Caller ALICE = Callers.of(UUID.randomUUID());
    private static final Caller BOB = Callers.of(UUID.randomUUID());
    private final List<String> cut = new ArrayList<>();
    @TempDir
    private Path data;

    @Test
    void whatGoesToAKeyEndsWhenTheKeyExpires() {
        try (Beans beans = beans()) {
            SettableClock clock = new SettableClock(beans.get(EntityManager.class));
            beans.put(ClockRepository.class, clock);
            Caller key = Callers.withNewKey(beans, beans.addUser(), clock.now().plusSeconds(60));
            TransferWatch watch = beans.get(TransferWatch.class);
            begin(beans, key);
            clock.advance(Duration.ofSeconds(59));
            watch.checkAll();
            assertThat(cut).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            watch.checkAll();
            assertThat(cut).containsExactly("its");
        }
    }

    @Test
    void whatGoesToATokenGoesOnWhenTheTokenExpires() {
        try (Beans beans = beans()) {
            SettableClock clock = new SettableClock(beans.get(EntityManager.class));
            beans.put(ClockRepository.class, clock);
            TransferWatch watch = beans.get(TransferWatch.class);
            begin(beans, Callers.of(beans.addUser(), Scope.DOWNLOAD_READ));
            clock.advance(Duration.between(clock.now(), Instant.now().plus(Duration.ofDays(1))));
            watch.checkAll();
            assertThat(cut).isEmpty();
        }
    }

    @Test
    void whatGoesToAnAddressEndsWhenARuleRefusesIt() throws Exception {
        try (Beans beans = beans()) {
            TransferWatch watch = beans.get(TransferWatch.class);
            begin(beans, Callers.withNewKey(beans, beans.addUser(), null));
            watch.checkAll();
            assertThat(cut).isEmpty();
            Files.writeString(data.resolve("addresses.conf"), "deny 192.0.2.0/24\n");
            for (long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos(); cut.isEmpty() && System.nanoTime() < deadline;) {
                watch.checkAll();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            assertThat(cut).isNotEmpty();
        }
    }

    @Test
    void aLookThatFailsHidesNoOtherAndIsMadeGoodByTheNext() {
        List<String> asked = new ArrayList<>();
        TransferWatch watch = new TransferWatch();
        for (int each = 0; each < 8; each++) {
            String of = each % 2 == 0 ? "bob" : "alice";
            watch.begin(each % 2 == 0 ? BOB : ALICE, () -> {
                asked.add(of);
                if (asked.size() <= 2 && of.equals("alice")) {
                    throw Problem.UNAVAILABLE.because("away");
                }
                return false;
            }, () -> cut.add(of));
        }
        watch.checkAll();
        assertThat(cut).containsOnly("bob").hasSize(4);
        assertThat(asked).as("each once").hasSize(2);
        cut.clear();
        watch.checkAll();
        assertThat(cut).contains("alice");
    }

    @Test
    void whatHasEndedIsNotLookedAt() {
        List<String> asked = new ArrayList<>();
        TransferWatch watch = new TransferWatch();
        watch.end(watch.begin(ALICE, () -> asked.add("hers"), () -> cut.add("its")));
        watch.checkAll();
        assertThat(asked).isEmpty();
    }

    /** As {@link Transfers} does. */
    private void begin(Beans beans, Caller caller) {
        Caller reader = caller.whileNotRevoked();
        beans.get(TransferWatch.class).begin(reader, () -> beans.get(CallerService.class).isStillValid(reader), () -> cut.add("its"));
    }

    private Beans beans() {
        return new Beans(TestDatabase.h2(), Map.of("wallwhale.data-dir", data.toString()));
    }
}
