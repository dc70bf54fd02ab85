package org.wallwhale.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.download.BatchService;
import org.wallwhale.download.BatchView;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.SubmitBatch;
import org.wallwhale.download.SubmitService;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.secret.Secret;

/** What links promise on every database. */
abstract class SharesContract extends SharedDownloads {
    @Test
    void aLinkLeadsToWhatItsOwnerHasUntilItEnds() throws Exception {
        ShareView share = shares().create(finished("3000000001"), PLAIN, null, owner);
        assertThat(share.expiresAt()).isEqualTo(clock.now().plus(Duration.ofDays(7)));
        Standing link = link(share).orElseThrow();
        SharedView seen = visits().view(link);
        assertThat(seen.items()).extracting(SharedItem::name).containsExactly("3000000001");
        assertThat(seen.fileCount()).isEqualTo(2);
        long whole = visits().zip(link, Optional.empty()).length();
        assertThat(whole).isPositive();
        assertThat(visits().zip(link, Optional.of("3000000001")).length()).as("by the name that it is told by").isEqualTo(whole);
        assertThatThrownBy(() -> visits().zip(link, Optional.of("3000000002"))).isInstanceOfSatisfying(ProblemException.class,
                none -> assertThat(none.problem()).isEqualTo(Problem.NOT_FOUND));
        clock.advance(Duration.ofDays(7));
        assertThat(link(share)).isEmpty();
        shares().change(share.id(), terms -> new ShareTerms(clock.now().plusSeconds(60), null, null, null), UnaryOperator.identity(),
                version -> true, owner);
        assertThat(link(share)).as("opened again").isPresent();
        clock.advance(Duration.ofDays(31).plusSeconds(60));
        assertThat(shares().dropSome()).isFalse();
        assertThatThrownBy(() -> shares().get(share.id(), owner)).isInstanceOfSatisfying(ProblemException.class,
                gone -> assertThat(gone.problem()).isEqualTo(Problem.NOT_FOUND));
    }

    @Test
    void itsEndLiesAheadAndNotTooFar() throws Exception {
        Shared what = finished("3000000001");
        for (Instant end : List.of(clock.now(), clock.now().plus(Duration.ofDays(30)).plusMillis(1))) {
            assertThatThrownBy(() -> shares().create(what, new ShareTerms(end, null, null, null), null, owner))
                    .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.pointer()).contains("/expiresAt"));
        }
        assertThat(shares().list(what, owner).shares()).isEmpty();
    }

    @Test
    void nothingIsSharedThatIsNotThere() {
        UUID queued = beans.get(SubmitService.class).submit(line("3000000001"), owner).id();
        assertThatThrownBy(() -> shares().create(new Shared(queued, false), PLAIN, null, owner))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.CONFLICT));
    }

    @Test
    void whatIsAnothersIsNotThere() throws Exception {
        Shared what = finished("3000000001");
        ShareView share = shares().create(what, PLAIN, null, owner);
        Caller stranger = Callers.of(beans.addUser(), "download:read", "download:write");
        Caller reader = Callers.of(beans.addUser(), "download:read", "download:write", "admin:read");
        List<Callable<?>> deeds = List.of(() -> shares().get(share.id(), stranger), () -> shares().list(what, stranger),
                () -> shares().create(what, PLAIN, null, stranger), () -> revoked(share, stranger));
        assertThat(deeds).allSatisfy(deed -> assertThatThrownBy(deed::call).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.NOT_FOUND)));
        assertThat(shares().get(share.id(), reader).id()).isEqualTo(share.id());
        assertThatThrownBy(() -> revoked(share, reader)).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.FORBIDDEN));
        assertThat(link(share)).isPresent();
    }

    @Test
    void itIsNoLongerGoodWithoutItsOwnerItsDownloadOrTheKeyThatMadeIt() throws Exception {
        Shared first = finished("3000000001");
        Caller key = Callers.withNewKey(beans, owner.userId(), null);
        Caller maker = new Caller(key.actor(), owner.scopes(), false, key.userLimits(), key.keyLimits(), key.keyHash(), Optional.empty(),
                Optional.empty(), false);
        ShareView byKey = shares().create(first, PLAIN, null, maker);
        ShareView byHand = shares().create(first, PLAIN, null, owner);
        ShareView other = shares().create(finished("3000000002"), PLAIN, null, owner);
        for (String change : List.of("active = false, revoked_at = created_at", "active = false", "expires_at = created_at", "scopes = 'download:write'")) {
            sql("update api_keys set " + change);
            assertThat(link(byKey)).as(change).isEmpty();
            assertThat(shares().get(byKey.id(), owner).isOpen()).as(change).isFalse();
            sql("update api_keys set active = true, revoked_at = null, expires_at = null, scopes = 'download:read'");
            assertThat(link(byKey)).isPresent();
        }
        assertThat(shares().get(byKey.id(), owner).isOpen()).isTrue();
        sql("update api_keys set active = false");
        shares().change(byKey.id(), terms -> terms, UnaryOperator.identity(), version -> true, owner);
        assertThat(link(byKey)).as("its owner answers for it now").isPresent();
        shares().change(byHand.id(), terms -> terms, UnaryOperator.identity(), version -> true, maker);
        assertThat(link(byHand)).as("the key that changed it is off").isEmpty();
        shares().change(byHand.id(), terms -> terms, UnaryOperator.identity(), version -> true, owner);
        assertThat(link(byHand)).isPresent();
        beans.get(DownloadService.class).delete(first.id(), owner);
        assertThat(link(byHand)).isEmpty();
        assertThat(link(other)).isPresent();
        sql("update users set active = false where id = '" + owner.userId() + "'");
        assertThat(link(other)).isEmpty();
        sql("update users set active = true where id = '" + owner.userId() + "'");
        revoked(other, owner);
        assertThat(link(other)).isEmpty();
    }

    @Test
    void contentThatWasCleanedAwayIsGoneForVisitors() throws Exception {
        ShareView share = shares().create(finished("3000000001"), PLAIN, null, owner);
        sql("update downloads set content_id = null");
        assertThatThrownBy(() -> visits().view(link(share).orElseThrow())).isInstanceOfSatisfying(ProblemException.class,
                gone -> assertThat(gone.problem()).isEqualTo(Problem.GONE));
    }

    @Test
    void manyWhoMakeLinksTogetherMakeNoMoreThanThereMayBe() throws Exception {
        Shared download = finished("3000000001");
        UUID batch = beans.get(BatchService.class).submit(new SubmitBatch(List.of(line("3000000002"))), owner).id();
        finishNext();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Shared what : List.of(download, new Shared(batch, true))) {
                for (int i = 0; i < 47; i++) {
                    shares().create(what, PLAIN, null, owner);
                }
                for (int round = 0; round < 5; round++) {
                    CyclicBarrier together = new CyclicBarrier(8);
                    List<Callable<Boolean>> makers = Collections.nCopies(8, () -> {
                        together.await();
                        return isMade(what);
                    });
                    int made = 0;
                    for (Future<Boolean> maker : threads.invokeAll(makers)) {
                        made += maker.get() ? 1 : 0;
                    }
                    assertThat(made).isEqualTo(3);
                    shares().list(what, owner).shares().subList(0, 3).forEach(share -> revoked(share, owner));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean isMade(Shared what) {
        try {
            shares().create(what, PLAIN, null, owner);
            return true;
        } catch (ProblemException e) {
            assertThat(e.problem()).isEqualTo(Problem.CONFLICT);
            return false;
        }
    }

    @Test
    void aBatchIsAListOfItsItems() throws Exception {
        BatchView batch = beans.get(BatchService.class).submit(new SubmitBatch(Arrays.asList(line("3000000001"), line("3000000002"))), owner);
        finishNext();
        finishNext();
        Standing link = link(shares().create(new Shared(batch.id(), true), PLAIN, null, owner)).orElseThrow();
        SharedView seen = visits().view(link);
        assertThat(seen.items()).extracting(SharedItem::name).containsExactly("3000000001", "3000000002");
        long whole = visits().zip(link, Optional.empty()).length();
        assertThat(visits().zip(link, Optional.of("3000000002")).length()).isBetween(1L, whole - 1);
        assertThatThrownBy(() -> visits().zip(link, Optional.of("3000000003"))).isInstanceOfSatisfying(ProblemException.class,
                none -> assertThat(none.problem()).isEqualTo(Problem.NOT_FOUND));
    }

    @Test
    void whoMayNotReadMakesAndChangesNoLink() throws Exception {
        Shared what = finished("3000000001");
        ShareView share = shares().create(what, PLAIN, null, owner);
        Caller writer = Callers.of(owner.userId(), "download:write");
        List<Callable<?>> deeds = List.of(() -> shares().create(what, PLAIN, null, writer),
                () -> shares().change(share.id(), terms -> terms, UnaryOperator.identity(), version -> true, writer),
                () -> beans.get(ShareDoor.class).hash(Secret.of("short"), () -> shares().demandChangeable(what, writer)),
                () -> beans.get(ShareDoor.class).hash(Secret.of("short"), () -> shares().demandChangeable(share.id(), writer)));
        assertThat(deeds).allSatisfy(deed -> assertThatThrownBy(deed::call).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.FORBIDDEN)));
        revoked(share, writer);
        Standing late = new Standing(share.id(), owner.userId(), what, Optional.empty(), share.expiresAt(), Optional.of(1), 0, Optional.empty(),
                clock.now());
        assertThatThrownBy(() -> standings().begin(late, 1, 1000, VISITOR)).as("revoked meanwhile").isInstanceOfSatisfying(ProblemException.class,
                gone -> assertThat(gone.problem()).isEqualTo(Problem.NOT_FOUND));
    }

    @Test
    void whatIsFetchedAnewIsNotGone() throws Exception {
        ShareView share = shares().create(finished("3000000001"), PLAIN, null, owner);
        sql("update downloads set status = 'QUEUED'");
        assertThatThrownBy(() -> visits().view(link(share).orElseThrow())).isInstanceOfSatisfying(ProblemException.class,
                later -> assertThat(later.problem()).isEqualTo(Problem.CONFLICT));
        sql("update downloads set status = 'SUCCESS'");
        beans.get(DownloadService.class).delete(share.downloadId(), owner);
        Standing gone = new Standing(share.id(), owner.userId(), new Shared(share.downloadId(), false), Optional.empty(), share.expiresAt(), Optional.empty(), 0,
                Optional.empty(), clock.now());
        assertThatThrownBy(() -> visits().view(gone)).hasMessageStartingWith("Nothing is behind this link");
    }

    @Test
    void aChangeKeepsWhatItDoesNotNameAndIsOnRecord() throws Exception {
        ShareView made = shares().create(finished("3000000001"), new ShareTerms(null, null, 3, 20_000L), "a secret hash", owner);
        ShareView later = shares().change(made.id(), terms -> new ShareTerms(made.expiresAt().plusSeconds(60), null, terms.maxDownloads(), terms.bytesPerSecond()),
                UnaryOperator.identity(), version -> version == made.version(), owner);
        assertThat(later.expiresAt()).isEqualTo(made.expiresAt().plusSeconds(60));
        assertThat(List.<Object>of(later.maxDownloads(), later.bytesPerSecond(), later.hasPassword())).containsExactly(3, 20_000L, true);
        clock.advance(Duration.ofSeconds(1));
        ShareView wider = shares().change(made.id(), terms -> new ShareTerms(terms.expiresAt(), null, 5, null), present -> present + ", another",
                version -> version == later.version(), owner);
        assertThat(wider.expiresAt()).isEqualTo(later.expiresAt());
        Standing link = link(wider).orElseThrow();
        assertThat(link.passwordHash()).contains("a secret hash, another");
        assertThat(List.<Object>of(link.maxDownloads().orElseThrow(), link.bytesPerSecond())).containsExactly(5, 0L);
        assertThat(strings("select before_text from audit_entries where action = 'share.change' order by written_at"))
                .containsExactly("{\"expiresAt\":\"" + made.expiresAt() + "\"}", "{\"maxDownloads\":3,\"bytesPerSecond\":20000}");
        assertThat(strings("select after_text from audit_entries where action = 'share.change' order by written_at")).last().asString()
                .contains("\"maxDownloads\":5").doesNotContain("secret");
    }

    @Test
    void anotherEndLiesAheadAndNotTooFarWhileOneThatStaysMayHavePassed() throws Exception {
        ShareView share = shares().create(finished("3000000001"), PLAIN, null, owner);
        for (Instant end : List.of(clock.now(), clock.now().plus(Duration.ofDays(30)).plusMillis(1))) {
            assertThatThrownBy(() -> changed(share, terms -> new ShareTerms(end, null, null, null)))
                    .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.pointer()).contains("/expiresAt"));
        }
        clock.advance(Duration.ofDays(8));
        ShareView ended = changed(share, terms -> new ShareTerms(terms.expiresAt(), null, 5, null));
        assertThat(ended.maxDownloads()).isEqualTo(5);
        assertThat(ended.expiresAt()).isEqualTo(share.expiresAt());
        assertThat(link(share)).isEmpty();
        assertThat(changed(share, terms -> PLAIN).expiresAt()).as("the usual time from now on").isEqualTo(clock.now().plus(Duration.ofDays(7)));
    }

    @Test
    void ofThoseWhoChangeTheSameVersionOneIsFirstAndTheOthersAreTold() throws Exception {
        ShareView share = shares().create(finished("3000000001"), PLAIN, null, owner);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 1; round <= 5; round++) {
                long version = shares().get(share.id(), owner).version();
                CyclicBarrier together = new CyclicBarrier(4);
                int first = 0;
                for (Future<Boolean> change : threads.invokeAll(Collections.<Callable<Boolean>>nCopies(4, () -> {
                    together.await();
                    return isFirst(share, version);
                }))) {
                    first += change.get() ? 1 : 0;
                }
                assertThat(first).isEqualTo(1);
                assertThat(shares().get(share.id(), owner).version()).isEqualTo((int) version + 1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean isFirst(ShareView share, long version) {
        try {
            shares().change(share.id(), terms -> terms, UnaryOperator.identity(), found -> found == version, owner);
            return true;
        } catch (ProblemException e) {
            assertThat(e.problem()).isEqualTo(Problem.PRECONDITION_FAILED);
            return false;
        }
    }

    private ShareView changed(ShareView share, UnaryOperator<ShareTerms> change) {
        return shares().change(share.id(), change, UnaryOperator.identity(), version -> true, owner);
    }

    @Test
    void whatIsDoneIsOnRecordAndOneUseAnHour() throws Exception {
        ShareView share = shares().create(finished("3000000001"), PLAIN, "a secret hash", owner);
        for (int minutes : new int[] {0, 30, 30, 59}) {
            clock.advance(Duration.ofMinutes(minutes));
            begins(link(share).orElseThrow(), 10);
            begins(link(share).orElseThrow(), 10);
        }
        revoked(share, owner);
        assertThat(strings("select action from audit_entries where subject = 'shares/" + share.id() + "' order by written_at, action"))
                .containsExactly("share.create", "share.read", "share.read", "share.revoke");
        assertThat(strings("select after_text from audit_entries where action = 'share.create'")).singleElement().asString()
                .contains("\"hasPassword\":true").doesNotContain("secret");
    }
}
