package org.wallwhale.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.audit.Actor;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.SettableClock;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.download.BatchService;
import org.wallwhale.download.BatchView;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.Delivery;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.Holder;
import org.wallwhale.download.SubmitBatch;
import org.wallwhale.download.SubmitDownload;
import org.wallwhale.download.SubmitService;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.secret.Secret;
import org.wallwhale.store.Arrival;
import org.wallwhale.store.ContentKey;
import org.wallwhale.store.StoreService;
import org.wallwhale.store.StoredZip;

/** What links promise on every database. */
abstract class SharesContract {
    private static final ShareTerms PLAIN = new ShareTerms(null, null, null, null);
    private static final Actor VISITOR = Actor.stranger("192.0.2.9", "a visit");
    @TempDir
    private Path folder;
    private Beans beans;
    private SettableClock clock;
    private Caller owner;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        beans = new Beans(open(), Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.sandbox.enabled", "true",
                "wallwhale.store.min-free-bytes", "0", "wallwhale.share.longest-days", "30"));
        clock = new SettableClock(beans.get(EntityManager.class));
        beans.put(ClockRepository.class, clock);
        owner = Callers.of(beans.addUser(), "download:read", "download:write");
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void aLinkLeadsToWhatItsOwnerHasUntilItEnds() throws Exception {
        ShareView share = shares().create(finished("3000000001"), PLAIN, null, owner);
        assertThat(share.expiresAt()).isEqualTo(clock.now().plus(Duration.ofDays(7)));
        Standing link = link(share).orElseThrow();
        SharedView seen = visits().view(link);
        assertThat(seen.items()).extracting(SharedItem::name).containsExactly("3000000001");
        assertThat(seen.fileCount()).isEqualTo(2);
        assertThat(visits().zip(link, Optional.empty()).length()).isPositive();
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
    void parallelReadersNeverGetMoreThanTheLimit() throws Exception {
        ShareView share = shares().create(finished("3000000001"), new ShareTerms(null, null, 3, null), null, owner);
        Standing link = link(share).orElseThrow();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            int begun = 0;
            for (Future<Boolean> reader : threads.invokeAll(IntStream.range(0, 24).<Callable<Boolean>>mapToObj(i -> () -> begins(link, 500)).toList())) {
                begun += reader.get() ? 1 : 0;
            }
            assertThat(begun).as("three times 1,000 bytes, and half of that for breaks, in pieces of 500").isEqualTo(7);
        } finally {
            threads.shutdownNow();
        }
        standings().count(share.id(), new ShareTally.Count(4, 400, 500));
        assertThat(begins(link, 500)).as("a hundred were given back").isFalse();
        assertThat(begins(link, 100)).isTrue();
        assertThatThrownBy(() -> standings().begin(link, 1, 1000, VISITOR)).as("others may still stop").isInstanceOfSatisfying(
                ProblemException.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS));
        standings().count(share.id(), new ShareTally.Count(0, 3100, 3100));
        assertThatThrownBy(() -> standings().begin(link, 1, 1000, VISITOR)).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.GONE));
        ShareView used = shares().get(share.id(), owner);
        assertThat(used.views()).isEqualTo(4);
        assertThat(used.bytesSent()).isEqualTo(3500);
        assertThat(used.bytesReserved()).isZero();
        assertThat(used.downloads()).isEqualTo(3);
        assertThat(used.lastUsedAt()).isEqualTo(clock.now().truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void whatBreaksCanBeFinishedAtTheLastDownloadAndNeverBecomesAnotherOne() throws Exception {
        ShareView share = shares().create(finished("3000000001"), new ShareTerms(null, null, 1, null), null, owner);
        Standing link = link(share).orElseThrow();
        assertThat(begins(link, 1000)).isTrue();
        standings().count(share.id(), new ShareTally.Count(0, 600, 1000));
        assertThat(begins(link, 700)).as("300 of 600 bytes arrived").isTrue();
        standings().count(share.id(), new ShareTally.Count(0, 700, 700));
        assertThatThrownBy(() -> standings().begin(link, 1000, 1000, VISITOR)).isInstanceOfSatisfying(ProblemException.class,
                used -> assertThat(used.problem()).isEqualTo(Problem.GONE));
        assertThat(link.most(1L << 40)).as("and never more than 16 MiB").isEqualTo((1L << 40) + (16L << 20));
        shares().change(share.id(), terms -> new ShareTerms(terms.expiresAt(), null, 1_000_000, null), hash -> hash, version -> true, owner);
        standings().begin(link(share).orElseThrow(), 1, Long.MAX_VALUE / 4, VISITOR);
    }

    @Test
    void whatAKilledInstanceHadReservedIsFreeAgain() throws Exception {
        ShareView share = shares().create(finished("3000000001"), new ShareTerms(null, null, 1, null), null, owner);
        Standing link = link(share).orElseThrow();
        assertThat(begins(link, 1000)).isTrue();
        sql("update share_reservations set boot_id = 'another life'");
        sql("insert into instances (id, boot_id, version, address, slots, running, started_at, seen_at) "
                + "select 'other', 'another life', '1', 'host', 1, 0, created_at, created_at from shares");
        assertThat(begins(link(share).orElseThrow(), 1000)).as("it lives").isFalse();
        assertThat(shares().get(share.id(), owner).bytesReserved()).isEqualTo(1000);
        clock.advance(Duration.ofSeconds(61));
        assertThat(shares().get(share.id(), owner).bytesReserved()).isZero();
        assertThat(begins(link(share).orElseThrow(), 1000)).isTrue();
        shares().dropSome();
        assertThat(strings("select boot_id from share_reservations")).doesNotContain("another life").hasSize(1);
        standings().count(share.id(), new ShareTally.Count(0, 1000, 1000));
        standings().count(share.id(), new ShareTally.Count(0, 1000, 1000));
        assertThat(strings("select bytes from share_reservations")).as("counted twice").containsExactly("0");
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
    void eachReaderHasTurnsOfItsOwnAndGetsNoMoreThanOnesAtOnce() throws Exception {
        StoredZip zip = visits().zip(link(shares().create(finished("3000000001"), PLAIN, null, owner)).orElseThrow(), Optional.empty());
        Pace pace = new Pace(() -> 0);
        pace.set(400);
        Sending first = new Sending(zip.open(0, zip.length()), zip.length(), pace, sending -> { });
        Sending second = new Sending(zip.open(0, zip.length()), zip.length(), pace, sending -> { });
        assertThat(first.readNBytes(new byte[200], 0, 200)).as("a quarter of a second's").isEqualTo(100);
        assertThat(first.pauseNanos()).isEqualTo(Duration.ofMillis(250).toNanos());
        assertThat(second.pauseNanos()).as("it came when nobody had had anything").isZero();
        assertThat(second.readNBytes(new byte[200], 0, 50)).isEqualTo(50);
        assertThat(second.pauseNanos()).isEqualTo(Duration.ofMillis(375).toNanos());
        assertThat(first.pauseNanos()).isEqualTo(Duration.ofMillis(250).toNanos());
        first.close();
        assertThat(first.left()).isEqualTo(zip.length() - 100);
        assertThat(first.takeCount(101)).isZero();
        assertThat(first.takeCount(0)).isEqualTo(100);
    }

    @Test
    void whatIsSentIsCountedAndTheRestGivenBack() throws Exception {
        ShareView share = shares().create(finished("3000000001"), new ShareTerms(null, null, 20, null), null, owner);
        Standing link = link(share).orElseThrow();
        ShareUses uses = beans.get(ShareUses.class);
        List<Sending> open = new ArrayList<>();
        for (int i = 0; i < Places.OF_NETWORK; i++) {
            open.add(begin(uses, link, VISITOR));
        }
        assertThatThrownBy(() -> begin(uses, link, VISITOR)).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS));
        begin(uses, link, Actor.stranger("198.51.100.1", "another")).close();
        assertThat(open.get(0).readNBytes(60)).hasSize(60);
        open.get(0).close();
        begin(uses, link, VISITOR).close();
        uses.write();
        long length = visits().zip(link, Optional.empty()).length();
        assertThat(shares().get(share.id(), owner)).satisfies(used -> {
            assertThat(used.bytesSent()).isEqualTo(60);
            assertThat(used.bytesReserved()).isEqualTo((Places.OF_NETWORK - 1) * length);
        });
        List<String> cut = new ArrayList<>();
        uses.watch(link, VISITOR.address()).apply(() -> cut.add("through its connection"));
        uses.watch(link, VISITOR.address()).apply(() -> cut.add("too late")).run();
        uses.stop();
        assertThat(cut).containsExactly("through its connection");
        assertThat(shares().get(share.id(), owner).bytesReserved()).isZero();
        assertThatThrownBy(() -> begin(uses, link, VISITOR)).isInstanceOfSatisfying(ProblemException.class,
                stopped -> assertThat(stopped.problem()).isEqualTo(Problem.UNAVAILABLE));
    }

    @Test
    void whatIsSentEndsWithItsPasswordAndWithARuleForItsAddress() throws Exception {
        ShareView share = shares().create(finished("3000000001"), PLAIN, "a hash", owner);
        Standing link = link(share).orElseThrow();
        ShareUses uses = beans.get(ShareUses.class);
        assertThat(uses.goesOn(link, VISITOR.address())).isTrue();
        assertThat(link.right("192.0.2.9")).isNotEqualTo(link.right("192.0.2.8"));
        Files.writeString(folder.resolve("addresses.conf"), "deny 192.0.2.9\n");
        for (long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos(); uses.goesOn(link, VISITOR.address())
                && System.nanoTime() < deadline;) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        assertThat(uses.goesOn(link, VISITOR.address())).isFalse();
        assertThat(uses.goesOn(link, "192.0.2.8")).isTrue();
        shares().change(share.id(), terms -> terms, hash -> "another", version -> true, owner);
        assertThat(uses.goesOn(link, "192.0.2.8")).isFalse();
    }

    @Test
    void aChangeLosesNoUseAndAUseLosesNoChange() throws Exception {
        ShareView share = shares().create(finished("3000000001"), PLAIN, "a hash", owner);
        assertThat(begins(link(share).orElseThrow(), 500)).isTrue();
        standings().count(share.id(), new ShareTally.Count(1, 500, 500));
        ShareView changed = shares().change(share.id(), terms -> new ShareTerms(terms.expiresAt(), null, 9, 20_000L), hash -> null,
                version -> version == share.version(), owner);
        assertThat(changed.hasPassword()).isFalse();
        assertThat(changed.bytesSent()).isEqualTo(500);
        assertThat(shares().get(share.id(), owner)).isEqualTo(changed).extracting(ShareView::maxDownloads).isEqualTo(9);
        assertThatThrownBy(() -> shares().change(share.id(), terms -> terms, UnaryOperator.identity(), version -> version == share.version(),
                owner)).isInstanceOfSatisfying(ProblemException.class,
                        late -> assertThat(late.problem()).isEqualTo(Problem.PRECONDITION_FAILED));
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
                .contains("hasPassword").doesNotContain("secret");
    }

    private Sending begin(ShareUses uses, Standing link, Actor visitor) {
        StoredZip zip = visits().zip(link, Optional.empty());
        return uses.begin(link, zip, 0, zip.length(), visits().zipBytes(link), visitor);
    }

    private boolean begins(Standing link, long bytes) {
        try {
            standings().begin(link, bytes, 1000, VISITOR);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private Object revoked(ShareView share, Caller caller) {
        shares().revoke(share.id(), version -> true, caller);
        return share;
    }

    private Optional<Standing> link(ShareView share) {
        return standings().find(share.id());
    }

    private Shared finished(String item) throws Exception {
        UUID id = beans.get(SubmitService.class).submit(line(item), owner).id();
        finishNext();
        return new Shared(id, false);
    }

    /** As a run ends. */
    private void finishNext() throws Exception {
        Claim claim = beans.get(ClaimService.class).claim(new Holder("here", "boot")).orElseThrow();
        Path content = folder.resolve("work").resolve(claim.downloadId().toString());
        Files.createDirectories(content);
        Files.writeString(content.resolve("a.txt"), claim.pubfileId());
        Files.writeString(content.resolve("b.txt"), "b");
        StoreService store = beans.get(StoreService.class);
        Arrival arrival = store.scan(new ContentKey(claim.source().name().toLowerCase(Locale.ROOT), claim.appId(), claim.pubfileId(), "1"),
                claim.fence(), content, List.of("a.txt", "b.txt"));
        store.takeIn(arrival, content);
        beans.transaction(() -> {
            UUID stored = store.register(arrival, Optional.empty());
            // the database's own clock, which is asked in between otherwise, has that done
            beans.get(EntityManager.class).flush();
            return beans.get(ClaimService.class).succeed(claim, new Delivery(stored, "1", arrival.sizeBytes(), Optional.empty()), List.of(), 0);
        });
    }

    private static SubmitDownload line(String item) {
        return new SubmitDownload(item, "sandbox", null, null, null);
    }

    private void sql(String statement) throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(statement).executeUpdate());
    }

    private List<String> strings(String query) throws Exception {
        List<?> rows = beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(query).getResultList());
        return rows.stream().map(String::valueOf).toList();
    }

    private ShareService shares() {
        return beans.get(ShareService.class);
    }

    private SharedService visits() {
        return beans.get(SharedService.class);
    }

    private StandingService standings() {
        return beans.get(StandingService.class);
    }
}
