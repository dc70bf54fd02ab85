package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.SessionService.Grant;
import org.wallwhale.audit.Actor;
import org.wallwhale.audit.AuditEntryView;
import org.wallwhale.audit.AuditQuery;
import org.wallwhale.audit.AuditService;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.secret.Secret;

/** What sessions promise on every database. */
abstract class SessionContract {
    private final Actor stranger = Actor.stranger("192.0.2.1", "a test");
    @TempDir
    private Path data;
    private Beans beans;
    private SessionService sessions;
    private User user;

    abstract TestDatabase open();

    @BeforeEach
    void start() throws Exception {
        beans = new Beans(open(), Map.of("wallwhale.data-dir", data.toString(), "wallwhale.access.bcrypt-cost", "4"));
        sessions = beans.get(SessionService.class);
        user = addUser("owner@example.org");
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void eachRefreshTokenIsGoodOnceAndIsFollowedByAnother() {
        Grant first = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        Grant second = sessions.refresh(first.refreshToken(), stranger).orElseThrow();
        Grant third = sessions.refresh(second.refreshToken(), stranger).orElseThrow();
        assertThat(third.session()).isEqualTo(second.session()).isEqualTo(first.session());
        assertThat(Set.of(first.refreshToken().reveal(), second.refreshToken().reveal(), third.refreshToken().reveal())).hasSize(3);
        assertThat(sessions.isLive(first.session(), user.id())).isTrue();
        assertThat(sessions.isLive(first.session(), UUID.randomUUID())).as("another user's").isFalse();
    }

    @Test
    void ofTooManySessionsTheLongestUnusedEnds() {
        Grant first = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        Grant second = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        for (int i = 2; i < SessionService.MOST; i++) {
            sessions.start(user, Optional.empty(), stranger).orElseThrow();
        }
        sessions.refresh(first.refreshToken(), stranger).orElseThrow();
        Grant newest = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        assertThat(sessions.isLive(newest.session(), user.id())).isTrue();
        assertThat(sessions.isLive(first.session(), user.id())).as("used since").isTrue();
        assertThat(sessions.isLive(second.session(), user.id())).isFalse();
    }

    @Test
    void theUseOfAnyOldRefreshTokenEndsTheSessionAndIsOnRecord() {
        Grant first = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        Grant second = sessions.refresh(first.refreshToken(), stranger).orElseThrow();
        Grant third = sessions.refresh(second.refreshToken(), stranger).orElseThrow();
        assertThat(sessions.refresh(first.refreshToken(), stranger)).isEmpty();
        assertThat(sessions.refresh(third.refreshToken(), stranger)).isEmpty();
        assertThat(sessions.isLive(first.session(), user.id())).isFalse();
        assertThat(recorded()).containsExactlyInAnyOrder("session.start", "session.reuse");
    }

    @Test
    void ofTwoUsesAtTheSameTimeOneIsTooLate() throws Exception {
        Grant grant = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<Optional<Grant>> use = () -> sessions.refresh(grant.refreshToken(), stranger);
            List<Future<Optional<Grant>>> answers = threads.invokeAll(List.of(use, use));
            assertThat(List.of(answers.get(0).get().isPresent(), answers.get(1).get().isPresent())).containsExactlyInAnyOrder(true, false);
        } finally {
            threads.shutdownNow();
        }
        assertThat(sessions.isLive(grant.session(), user.id())).isFalse();
    }

    @Test
    void aMadeUpRefreshTokenEndsNobodysSession() {
        Grant grant = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        String text = grant.refreshToken().reveal();
        Map<String, String> elsewhere = Map.of("wallwhale.data-dir", data.resolve("elsewhere").toString());
        Secret others = new SessionSecrets(new DataFolder(new Settings(key -> Optional.ofNullable(elsewhere.get(key)))))
                .newRefreshToken(grant.session());
        for (String madeUp : List.of("", "ww_refresh_", "ww_refresh_!", text.substring(1), text + "A", "x".repeat(97),
                text.substring(0, 20) + (text.charAt(20) == 'A' ? 'B' : 'A') + text.substring(21), others.reveal())) {
            assertThat(sessions.refresh(Secret.of(madeUp), stranger)).as(madeUp).isEmpty();
        }
        assertThat(sessions.refresh(grant.refreshToken(), stranger)).isPresent();
    }

    @Test
    void theDatabaseHoldsNoRefreshToken() throws Exception {
        Grant grant = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        Object stored = beans.transaction(() -> beans.get(EntityManager.class)
                .createNativeQuery("select refresh_hash from sessions").getSingleResult());
        assertThat(stored.toString()).matches("[0-9a-f]{64}").isEqualTo(SessionSecrets.hash(grant.refreshToken()));
    }

    @Test
    void anEndedSessionStaysEnded() {
        Grant grant = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        sessions.end(grant.session(), stranger);
        sessions.end(grant.session(), stranger);
        assertThat(sessions.refresh(grant.refreshToken(), stranger)).isEmpty();
        assertThat(recorded()).containsExactlyInAnyOrder("session.start", "session.end");
    }

    @Test
    void allSessionsOfOneUserEndAndNoOthers() throws Exception {
        User other = addUser("other@example.org");
        Grant one = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        Grant two = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        Grant others = sessions.start(other, Optional.empty(), stranger).orElseThrow();
        assertThat(sessions.endAll(user.id(), stranger).sessions()).isEqualTo(2);
        assertThat(sessions.isLive(one.session(), user.id())).isFalse();
        assertThat(sessions.refresh(two.refreshToken(), stranger)).isEmpty();
        assertThat(sessions.isLive(others.session(), other.id())).isTrue();
        assertThatThrownBy(() -> sessions.endAll(UUID.randomUUID(), stranger)).hasMessageContaining("no user");
    }

    @Test
    void aChangeOfTheUserEndsTheSessionsWhenItSaysSo() {
        Grant grant = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        sessions.onUserChanged(new UserChanged(user.id(), false));
        assertThat(sessions.isLive(grant.session(), user.id())).isTrue();
        sessions.onUserChanged(new UserChanged(user.id(), true));
        assertThat(sessions.isLive(grant.session(), user.id())).isFalse();
    }

    @Test
    void aDeactivatedUserNeitherStartsNorRefreshesASession() throws Exception {
        Grant grant = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        sql("update users set active = false");
        assertThat(sessions.refresh(grant.refreshToken(), stranger)).isEmpty();
        assertThat(sessions.start(user, Optional.empty(), stranger)).isEmpty();
    }

    @Test
    void aPasswordThatWasChangedWhileItWasCheckedStartsNothing() throws Exception {
        sql("update users set password_hash = 'another'");
        assertThat(sessions.start(user, Optional.empty(), stranger)).isEmpty();
    }

    @Test
    void aLoginThatRacesTheChangeOfThePasswordLeavesNoSession() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            List<Boolean> changed = new ArrayList<>();
            Callable<Boolean> change = this::changePassword;
            User verified = new User(user.email(), user.passwordHash(), Role.USER, Instant.now()) {
                @Override
                UUID id() {
                    return user.id();
                }

                /** Asked for when the login has read the user. */
                @Override
                String passwordHash() {
                    changed.add(get(other.submit(change)));
                    return super.passwordHash();
                }
            };
            Optional<Grant> grant = sessions.start(verified, Optional.empty(), stranger);
            if (!changed.get(0)) {
                assertThat(changePassword()).isTrue();
            }
            assertThat(grant.filter(started -> sessions.isLive(started.session(), user.id()))).isEmpty();
        } finally {
            other.shutdownNow();
        }
    }

    /** False, and nothing changed, while somebody else has the user. */
    private boolean changePassword() throws Exception {
        try {
            return beans.transaction(() -> {
                beans.get(EntityManager.class).createNativeQuery("select 1 from users for update nowait").getResultList();
                beans.get(EntityManager.class).createNativeQuery("update users set password_hash = 'another'").executeUpdate();
                return sessions.endAll(user.id()) >= 0;
            });
        } catch (PersistenceException locked) {
            return false;
        }
    }

    private static boolean get(Future<Boolean> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSessionEndsAfter14IdleDaysOr90DaysAndIsDroppedThen() throws Exception {
        Grant idle = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        Grant old = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        Grant live = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        move("used_at", 13, idle);
        move("created_at", 89, old);
        assertThat(sessions.isLive(idle.session(), user.id()) && sessions.isLive(old.session(), user.id())).isTrue();
        move("used_at", 15, idle);
        move("created_at", 91, old);
        for (Grant expired : List.of(idle, old)) {
            assertThat(sessions.isLive(expired.session(), user.id())).isFalse();
            assertThat(sessions.refresh(expired.refreshToken(), stranger)).isEmpty();
        }
        sessions.dropExpired();
        assertThat(beans.<Object>transaction(() -> beans.get(EntityManager.class).createNativeQuery("select count(*) from sessions")
                .getSingleResult()).toString()).isEqualTo("1");
        assertThat(sessions.refresh(live.refreshToken(), stranger)).isPresent();
    }

    @Test
    void aCallerLivesAsLongAsTheSession() {
        Grant grant = sessions.start(user, Optional.empty(), stranger).orElseThrow();
        Caller caller = caller(grant);
        assertThat(caller.scopes()).containsExactly("download:read");
        assertThat(beans.get(CallerService.class).isStillValid(caller)).isTrue();
        sessions.end(grant.session(), stranger);
        assertThat(beans.get(CallerService.class).isStillValid(caller)).isFalse();
    }

    @Test
    void aCallerIsCutOffWhenTheAddressIsDenied() throws IOException {
        AtomicLong nanoTime = new AtomicLong();
        beans.put(AddressFile.class, new AddressFile(AddressFile.in(data), nanoTime::get));
        Caller caller = caller(sessions.start(user, Optional.empty(), stranger).orElseThrow());
        assertThat(beans.get(CallerService.class).isStillValid(caller)).isTrue();
        Files.writeString(AddressFile.in(data), "deny 192.0.2.0/24");
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(beans.get(CallerService.class).isStillValid(caller)).isFalse();
    }

    private Caller caller(Grant grant) {
        return beans.get(AccessService.class).callerOfToken(new VerifiedToken(user.email()::toString, user.id().toString(),
                Optional.of(grant.session()), Set.of("download:read", "admin:read"), Instant.now(), Instant.now().plusSeconds(60),
                Optional.empty()), stranger).orElseThrow();
    }

    private User addUser(String email) throws Exception {
        return beans.transaction(() -> {
            User added = new User(email, "a hash", Role.USER, Instant.now());
            beans.get(UserRepository.class).add(added);
            return added;
        });
    }

    private List<String> recorded() {
        return beans.get(AuditService.class).find(AuditQuery.of(null, "session.*", null, null), 100, 0).stream()
                .map(AuditEntryView::action).toList();
    }

    private void move(String column, int days, Grant grant) throws Exception {
        sql("update sessions set " + column + " = current_timestamp - interval '" + days + "' day where id = '" + grant.session() + "'");
    }

    private void sql(String statement) throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(statement).executeUpdate());
    }
}
