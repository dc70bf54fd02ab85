package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.cluster.ListeningInstance.await;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.audit.Actor;
import org.wallwhale.cluster.ListeningInstance;
import org.wallwhale.cluster.NewsMissed;
import org.wallwhale.cluster.Notified;
import org.wallwhale.database.TestPostgres;

/** Who was let in on one instance, when another one changes what they may do. */
class CallerNewsTest {
    private static final Actor STRANGER = Actor.stranger("192.0.2.1", "first");
    private final Caller caller = Callers.of(UUID.randomUUID(), "download:read");
    @TempDir
    private Path data;
    private ListeningInstance one;
    private ListeningInstance two;

    @BeforeEach
    void start() {
        String address = TestPostgres.newDatabase();
        one = new ListeningInstance(data, "one", address, null);
        two = new ListeningInstance(data, "two", address, null);
        await("both listen", () -> !one.heard(NewsMissed.class).isEmpty() && !two.heard(NewsMissed.class).isEmpty());
    }

    @AfterEach
    void stop() throws InterruptedException {
        one.close();
        two.close();
    }

    @Test
    void keysUsersAndSessionsThatChangeAreToldWithoutAName() {
        CallerCache cache = one.beans().get(CallerCache.class);
        cache.onKeyChanged(new ApiKeyChanged(UUID.randomUUID()));
        await("a key", () -> two.texts("callers").count() == 1);
        cache.onUserChanged(new UserChanged(UUID.randomUUID(), true));
        await("a user", () -> two.texts("callers").count() == 2);
        cache.onSessionsEnded(new SessionsEnded(UUID.randomUUID()));
        await("a session", () -> two.texts("callers").count() == 3);
        assertThat(two.texts("callers")).containsOnly("");
        assertThat(one.heard(CallersChanged.class)).as("also for those who listen there").hasSize(3);
    }

    @Test
    void whoHearsOfItForgetsAllAndHasStreamsLookedAt() {
        CallerCache cache = two.beans().get(CallerCache.class);
        cache.caller("hash", STRANGER, () -> Optional.of(caller));
        one.beans().get(CallerCache.class).onKeyChanged(new ApiKeyChanged(UUID.randomUUID()));
        await("it is heard", () -> two.texts("callers").count() == 1);
        two.heard(Notified.class).forEach(cache::hear);
        assertThat(cache.caller("hash", STRANGER, Optional::empty)).isEmpty();
        assertThat(two.heard(CallersChanged.class)).hasSize(1);
    }

    @Test
    void whatMayHaveBeenMissedCountsAsAChange() {
        CallerCache cache = two.beans().get(CallerCache.class);
        cache.caller("hash", STRANGER, () -> Optional.of(caller));
        cache.hear(new NewsMissed());
        assertThat(cache.caller("hash", STRANGER, Optional::empty)).isEmpty();
        assertThat(two.heard(CallersChanged.class)).hasSize(1);
    }
}
