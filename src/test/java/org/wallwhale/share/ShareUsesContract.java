package org.wallwhale.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wallwhale.audit.Actor;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.store.StoredZip;

/** What links give, and what they have left, on every database. */
abstract class ShareUsesContract extends SharedDownloads {
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
        Files.writeString(folder.resolve("addresses.conf"), "deny 192.0.2.9\n");
        ShareView share = shares().create(finished("3000000001"), PLAIN, "a hash", owner);
        Standing link = link(share).orElseThrow();
        ShareUses uses = beans.get(ShareUses.class);
        assertThat(uses.goesOn(link, "192.0.2.9")).isFalse();
        assertThat(uses.goesOn(link, "192.0.2.8")).isTrue();
        assertThat(link.right("192.0.2.9")).as("each is looked at").isNotEqualTo(link.right("192.0.2.8"));
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

    private Sending begin(ShareUses uses, Standing link, Actor visitor) {
        StoredZip zip = visits().zip(link, Optional.empty());
        return uses.begin(link, zip, 0, zip.length(), visits().zipBytes(link), visitor);
    }
}
