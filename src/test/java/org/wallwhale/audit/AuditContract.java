package org.wallwhale.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.config.DataFolder;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.secret.Secret;

/** What the audit log promises on every database. */
abstract class AuditContract {
    private static final AuditQuery ALL = AuditQuery.of(null, null, null, null);
    private final UUID user = UUID.randomUUID();
    private final Actor actor = Actor.stranger("192.0.2.1", "request-1").as(user, Optional.empty());
    private Beans beans;
    private AuditService audit;
    private AuditChainService chain;
    private AuditVerifier verifier;
    private Refusals refusals;
    private final AtomicLong nanoTime = new AtomicLong();
    @TempDir
    private Path data;

    record Thing(String name, int size, Secret password) {
    }

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        beans = new Beans(open(), Map.of("wallwhale.data-dir", data.toString()));
        audit = beans.get(AuditService.class);
        chain = beans.get(AuditChainService.class);
        verifier = beans.get(AuditVerifier.class);
        refusals = new Refusals(audit, nanoTime::get);
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void aChangeIsKeptWithWhatDiffersAndWithoutItsSecrets() throws Exception {
        done("thing.update", new Thing("old", 1, Secret.of("tiger")), new Thing("new", 1, Secret.of("tiger")));
        done("thing.create", null, new Thing("new", 1, Secret.of("tiger")));
        List<AuditEntryView> found = audit.findAfter(ALL, null, 10);
        assertThat(found).extracting(AuditEntryView::before).containsExactlyInAnyOrder("{\"name\":\"old\"}", null);
        assertThat(found).extracting(AuditEntryView::after)
                .containsExactlyInAnyOrder("{\"name\":\"new\"}", "{\"name\":\"new\",\"size\":1,\"password\":\"***\"}");
        assertThat(found).allSatisfy(entry -> {
            assertThat(entry.userId()).isEqualTo(user);
            assertThat(entry.keyId()).isNull();
            assertThat(entry.address()).isEqualTo("192.0.2.1");
            assertThat(entry.requestId()).isEqualTo("request-1");
            assertThat(entry.result()).isEqualTo(Result.DONE);
            assertThat(entry.position()).isNull();
        });
    }

    @Test
    void whatIsRolledBackWasNeverDone() {
        assertThatThrownBy(() -> beans.transaction(() -> {
            audit.done(actor, "thing.create", "things/1", null, new Thing("new", 1, null));
            throw new IllegalStateException("the change failed");
        })).hasMessage("the change failed");
        assertThat(audit.count(ALL)).isZero();
        assertThatThrownBy(() -> audit.done(actor, "thing.create", "things/1", null, null)).hasMessageContaining("transaction");
    }

    @Test
    void refusalsOfAStrangerAreOneEntryAndThenOneAMinute() {
        for (int i = 0; i < 20; i++) {
            refuse(Actor.stranger("192.0.2." + i % 2, "r" + i), 401);
        }
        refusals.write();
        assertThat(onRecord()).containsExactlyInAnyOrder("r0 192.0.2.0 no", "r1 192.0.2.1 no");
        nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
        refuse(Actor.stranger("192.0.2.1", "r20"), 403);
        refusals.write();
        refusals.write();
        assertThat(onRecord()).containsExactlyInAnyOrder("r0 192.0.2.0 no", "r1 192.0.2.1 no",
                "r18 192.0.2.0 The last of 9 refusals from 192.0.2.0 within 61 s: no",
                "r20 192.0.2.1 The last of 10 refusals from 192.0.2.1 within 61 s: no");
        nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
        refusals.write();
        refuse(Actor.stranger("192.0.2.1", "r21"), 401);
        assertThat(onRecord()).as("after a quiet minute the first one counts again").hasSize(5).contains("r21 192.0.2.1 no");
    }

    @Test
    void allAddressesOfAnIpv6NetworkAreOneStrangerWhoseFirstAddressIsKept() {
        for (int i = 1; i <= 30; i++) {
            refuse(Actor.stranger("2001:db8:0:1::" + Integer.toHexString(i), "r" + i), 401);
        }
        refuse(Actor.stranger("2001:db8:0:2::1", "other"), 401);
        refusals.writeAll();
        assertThat(onRecord()).containsExactlyInAnyOrder("r1 2001:db8:0:1::1 no", "other 2001:db8:0:2::1 no",
                "r30 2001:db8:0:1::1e The last of 29 refusals from 2001:db8:0:1:0:0:0:0/64 within 0 s: no");
    }

    @Test
    void aKnownUsersRefusalsAreAllKeptButThoseBeyondTheLimits() {
        for (int i = 0; i < 5; i++) {
            refuse(actor, 403);
            refuse(actor, 429);
        }
        assertThat(onRecord()).hasSize(6);
        refusals.writeAll();
        assertThat(onRecord()).hasSize(7).contains("request-1 192.0.2.1 The last of 4 refusals of the user " + user + " within 0 s: no");
    }

    @Test
    void whatAStrangerSendsAlwaysFits() {
        refusals.add(Actor.stranger("192.0.2.1", "r"), "m".repeat(61), "\0" + "p".repeat(298) + "\uD83D\uDC0B", "y".repeat(5_000), 401);
        AuditEntryView kept = audit.findAfter(ALL, null, 10).get(0);
        assertThat(kept.action()).isEqualTo("m".repeat(59) + '…');
        assertThat(kept.subject()).isEqualTo('\uFFFD' + "p".repeat(298) + '…');
        assertThat(kept.detail()).hasSize(1_000);
    }

    @Test
    void entriesAreFoundByUserActionAndTime() throws Exception {
        done("thing.create", null, new Thing("a", 1, null));
        done("thing.delete", new Thing("a", 1, null), null);
        refuse(Actor.stranger("192.0.2.9", "r"), 401);
        assertThat(audit.count(AuditQuery.of(user.toString(), null, null, null))).isEqualTo(2);
        assertThat(audit.count(AuditQuery.of(null, "thing.create", null, null))).isEqualTo(1);
        assertThat(audit.count(AuditQuery.of(null, "thing.*", null, null))).isEqualTo(2);
        String today = Instant.now().toString().substring(0, 10);
        assertThat(audit.count(AuditQuery.of(null, null, today, today))).isEqualTo(3);
        assertThat(audit.count(AuditQuery.of(null, null, null, "2020-01-01"))).isZero();
        assertThat(audit.find(ALL, 2, 0)).hasSize(2);
        assertThat(audit.find(ALL, 2, 2)).hasSize(1);
        AuditEntryView first = audit.findAfter(ALL, null, 1).get(0);
        assertThat(audit.findAfter(ALL, first, 10)).hasSize(2).doesNotContain(first);
    }

    @Test
    void theChainIsIntactUntilSomebodyTouchesIt() throws Exception {
        for (int i = 0; i < 5; i++) {
            done("thing.create", null, new Thing("n" + i, i, null));
        }
        assertIntact(0, 5);
        chain.link();
        done("thing.create", null, new Thing("later", 9, null));
        assertIntact(5, 1);
        assertBroken("update audit_entries set address = '192.0.2.77' where position = 3", 3, "Entry 3");
        assertBroken("update audit_entries set before_text = after_text, after_text = null where position = 2", 2, "Entry 2");
        assertBroken("delete from audit_entries where position = 1", 1, "Entry 1 is missing");
        assertBroken("delete from audit_entries where position = 4", 4, "Entry 4 is missing");
        assertBroken("delete from audit_entries where position = 5", 5, "ends with entry 4");
        assertBroken("update audit_entries set position = 99 where position is null", null, "Entry 99 was put behind the signed end");
        assertBroken("update audit_entries set position = 0 where position is null", null, "Entry 0 was put before the signed beginning");
        assertBroken("update audit_chain set last_position = 4, last_hash = (select hash from audit_entries where position = 4)",
                null, "signature");
        assertBroken("update audit_chain set last_position = 0, last_hash = dropped_hash, signature = null", null, "put behind the signed end");
        assertIntact(5, 1);
    }

    @Test
    void hashesThatWereMadeAnewDoNotFitTheSignature() throws Exception {
        for (int i = 0; i < 3; i++) {
            done("thing.create", null, new Thing("n" + i, i, null));
        }
        chain.link();
        sql("update audit_entries set address = '192.0.2.77' where position = 2");
        List<AuditEntryView> all = chain.links(0, 3);
        String second = all.get(1).hashAfter(all.get(0).hash());
        sql("update audit_entries set hash = '" + second + "' where position = 2");
        sql("update audit_entries set hash = '" + all.get(2).hashAfter(second) + "' where position = 3");
        assertThat(verifier.verify().fault()).startsWith("The last entry, 3, is not the one that was signed");
    }

    @Test
    void aReadingSaysHowFarItIsGood() throws Exception {
        for (int i = 0; i < 4; i++) {
            done("thing.create", null, new Thing("n" + i, i, null));
        }
        chain.link();
        List<AuditEntryView> all = chain.links(0, 4);
        sql("update audit_entries set action = 'thing.delete' where position = 3");
        assertThat(verifier.verify()).isEqualTo(new AuditVerification(false, 2, 0,
                "Entry 3, " + all.get(2).id() + ", was changed after it was written.", 3L, all.get(0).writtenAt(), all.get(1).writtenAt(),
                0, 2, all.get(1).hash()));
    }

    @Test
    void whatIsLinkedWhileTheChainIsReadIsLeftForTheNextTime() throws Exception {
        for (int i = 0; i < 3; i++) {
            done("thing.create", null, new Thing("n" + i, i, null));
        }
        chain.link();
        AuditVerification found = verifyWhile(one -> {
            later();
            chain.link();
        });
        assertThat(found.fault()).isNull();
        assertThat(found.links()).isEqualTo(3);
        assertIntact(4, 0);
    }

    @Test
    void whatIsDroppedWhileTheChainIsReadBreaksNothing() throws Exception {
        for (int i = 0; i < 6; i++) {
            done("thing.create", null, new Thing("n" + i, i, null));
        }
        sql("update audit_entries set written_at = timestamp '2020-01-01 00:00:00' where after_text like '%n0%' or after_text like '%n1%'");
        chain.link();
        AuditVerification found = verifyWhile(one -> chain.dropOld());
        assertThat(found.fault()).isNull();
        assertThat(found.dropped()).isEqualTo(2);
        assertThat(found.links()).isEqualTo(4);
    }

    @Test
    void anInstanceVerifiesOneAtATime() throws Exception {
        done("thing.create", null, new Thing("n", 1, null));
        chain.link();
        AtomicReference<AuditVerifier> busy = new AtomicReference<>();
        verifyWhile(one -> {
            busy.set(one);
            assertThatThrownBy(one::verify).isInstanceOf(ProblemException.class).hasMessageContaining("verified already");
        });
        assertThat(busy.get().verify().intact()).isTrue();
    }

    @Test
    void manyPagesAreReadToTheirEnd() throws Exception {
        beans.transaction(() -> {
            for (int i = 0; i < 1_203; i++) {
                audit.done(actor, "thing.create", "things/1", null, new Thing("n" + i, i, null));
            }
            return null;
        });
        while (chain.link()) {
            continue;
        }
        Set<UUID> found = new HashSet<>();
        for (List<AuditEntryView> page = audit.findAfter(ALL, null, 50); !page.isEmpty(); page = audit.findAfter(ALL, page.get(page.size() - 1), 50)) {
            page.forEach(entry -> assertThat(found.add(entry.id())).isTrue());
        }
        assertThat(found).hasSize(1_203);
        assertIntact(1_203, 0);
        assertBroken("update audit_entries set address = '192.0.2.77' where position = 1203", 1203, "Entry 1203");
    }

    @Test
    void instancesLinkInTurnsAndLeaveNoGap() throws Exception {
        AuditChainService other = new AuditChainService(beans.get(AuditRepository.class),
                beans.get(ClockRepository.class), beans.get(AuditConfig.class),
                beans.get(DataFolder.class));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> tasks = IntStream.range(0, 80).<Callable<Void>>mapToObj(i -> () -> {
                done("thing.create", null, new Thing("n" + i, i, null));
                beans.transaction(() -> (i % 2 == 0 ? chain : other).link());
                return null;
            }).toList();
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
        chain.link();
        assertIntact(80, 0);
    }

    @Test
    void oldDaysGoAndTheRestStaysVerifiable() throws Exception {
        for (int i = 0; i < 4; i++) {
            done("thing.create", null, new Thing("n" + i, i, null));
        }
        sql("update audit_entries set written_at = timestamp '2020-01-01 00:00:00' where after_text like '%n0%' or after_text like '%n1%'");
        chain.link();
        chain.dropOld();
        assertThat(audit.count(ALL)).isEqualTo(2);
        assertIntact(2, 0);
        assertThat(verifier.verify().dropped()).isEqualTo(2);
        assertBroken("delete from audit_entries where position = 3", 3, "Entry 3 is missing");
    }

    @Test
    void endsThatWereChangedAreOnRecordBeforeTheyAreSignedAnew() throws Exception {
        for (int i = 0; i < 5; i++) {
            done("thing.create", null, new Thing("n" + i, i, null));
        }
        chain.link();
        sql("delete from audit_entries where position = 5");
        sql("update audit_chain set last_position = 4, last_hash = (select hash from audit_entries where position = 4)");
        done("thing.create", null, new Thing("later", 9, null));
        chain.link();
        AuditVerification found = verifier.verify();
        assertThat(found.fault()).contains("tells: The signature of the chain's ends was wrong, behind entry 4 and before entry 1");
        assertThat(found.brokenAt()).isIn(5L, 6L);
        assertThat(found.links()).as("it goes on").isEqualTo(6);
        sql("update audit_chain set last_position = 2, last_hash = (select hash from audit_entries where position = 2)");
        chain.link();
        chain.link();
        assertThat(verifier.verify().links()).as("it does not stumble over links that are there").isEqualTo(7);
        sql("update audit_entries set address = '192.0.2.77' where position = 7");
        assertThat(verifier.verify().brokenAt()).as("what is wrong now comes first").isEqualTo(7);
    }

    @Test
    void whatSomebodyMadeOldDoesNotGoWithoutAWord() throws Exception {
        for (int i = 0; i < 4; i++) {
            done("thing.create", null, new Thing("n" + i, i, null));
        }
        chain.link();
        sql("update audit_entries set written_at = timestamp '2020-01-01 00:00:00' where position <= 2");
        chain.dropOld();
        assertThat(audit.count(ALL)).isEqualTo(3);
        chain.link();
        assertThat(verifier.verify().fault()).contains("tells: Old entries were dropped, of which this was wrong: Entry 1, ");
    }

    @Test
    void aStrangerCannotTellOfABreak() {
        refusals.add(Actor.stranger("192.0.2.1", "r"), AuditEntryView.BREAK, "downloads", "no", 401);
        chain.link();
        assertIntact(1, 0);
    }

    @Test
    void manyOldEntriesGoPieceByPiece() throws Exception {
        beans.transaction(() -> {
            for (int i = 0; i < 1_203; i++) {
                audit.done(actor, "thing.create", "things/1", null, null);
            }
            return null;
        });
        sql("update audit_entries set written_at = timestamp '2020-01-01 00:00:00'");
        done("thing.create", null, new Thing("later", 9, null));
        while (chain.link()) {
            continue;
        }
        assertThat(chain.dropOld()).isTrue();
        assertThat(chain.dropOld()).isTrue();
        assertThat(chain.dropOld()).isFalse();
        assertIntact(1, 0);
        assertThat(verifier.verify().dropped()).isEqualTo(1_203);
    }

    private void refuse(Actor who, int status) {
        refusals.add(who, "get", "downloads", "no", status);
    }

    private List<String> onRecord() {
        return audit.findAfter(ALL, null, 100).stream().map(entry -> entry.requestId() + " " + entry.address() + " " + entry.detail()).toList();
    }

    private void assertIntact(long links, long waiting) {
        AuditVerification found = verifier.verify();
        assertThat(found.fault()).isNull();
        assertThat(found.intact()).isTrue();
        assertThat(found.links()).isEqualTo(links);
        assertThat(found.waiting()).isEqualTo(waiting);
    }

    /** {@code meanwhile} comes after the ends were read, and before the first page is. */
    private AuditVerification verifyWhile(Consumer<AuditVerifier> meanwhile) {
        AtomicInteger pages = new AtomicInteger();
        AtomicReference<AuditVerifier> one = new AtomicReference<>();
        one.set(new AuditVerifier(new AuditChainService(beans.get(AuditRepository.class), beans.get(ClockRepository.class),
                beans.get(AuditConfig.class), beans.get(DataFolder.class)) {
            @Override
            Ends ends() {
                return chain.ends();
            }

            @Override
            List<AuditEntryView> links(long position, long last) {
                if (pages.incrementAndGet() == 1) {
                    meanwhile.accept(one.get());
                }
                return chain.links(position, last);
            }

            @Override
            long waiting() {
                return chain.waiting();
            }
        }));
        return one.get().verify();
    }

    private void later() {
        try {
            done("thing.create", null, new Thing("later", 9, null));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void done(String action, Thing before, Thing after) throws Exception {
        beans.transaction(() -> {
            audit.done(actor, action, "things/1", before, after);
            return null;
        });
    }

    /** Does it, looks, and takes it back by throwing. */
    private void assertBroken(String tampering, Integer at, String told) {
        assertThatThrownBy(() -> beans.transaction(() -> {
            beans.get(jakarta.persistence.EntityManager.class).createNativeQuery(tampering).executeUpdate();
            AuditVerification found = verifier.verify();
            assertThat(found.intact()).isFalse();
            assertThat(found.brokenAt()).isEqualTo(at == null ? null : at.longValue());
            assertThat(found.fault()).contains(told);
            throw new IllegalStateException("taken back");
        })).hasMessage("taken back");
    }

    private void sql(String statement) throws Exception {
        beans.transaction(() -> beans.get(jakarta.persistence.EntityManager.class).createNativeQuery(statement).executeUpdate());
    }
}
