package org.wallwhale.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.database.TestDatabase;

/** Who is there, on every database. */
abstract class MembershipContract {
    @TempDir
    private Path data;
    private TestDatabase database;
    private MembershipService one;
    private MembershipService two;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        database = open();
        one = life("one");
        two = life("two");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void eachKnowsAllByName() {
        two.beat(4, 1);
        one.beat(0, 0);
        assertThat(two.all()).isEqualTo(one.all()).extracting(InstanceView::id).containsExactly("one", "two");
        InstanceView view = one.all().get(1);
        assertThat(view.alive()).isTrue();
        assertThat(view.slots()).isEqualTo(4);
        assertThat(view.running()).isEqualTo(1);
        assertThat(view.address()).endsWith(":8080");
        assertThat(view.version()).as("as Maven fills it in").matches("[0-9].*");
        assertThat(view.startedAt()).isEqualTo(view.seenAt());
    }

    @Test
    void eachBeatTellsWhatRunsNow() {
        one.beat(4, 0);
        age("one", 10);
        one.beat(4, 3);
        InstanceView view = one.all().get(0);
        assertThat(view.running()).isEqualTo(3);
        assertThat(view.seenAt()).isAfter(view.startedAt().plusSeconds(5));
    }

    @Test
    void whoWasNotHeardOfForFifteenSecondsIsNotAlive() {
        one.beat(4, 0);
        two.beat(4, 0);
        age("two", 14);
        assertThat(one.all()).allMatch(InstanceView::alive);
        age("two", 16);
        assertThat(one.all()).filteredOn(view -> !view.alive()).extracting(InstanceView::id).containsExactly("two");
        two.beat(4, 0);
        assertThat(one.all()).as("it was only away").allMatch(InstanceView::alive);
    }

    @Test
    void whoWasNotHeardOfForADayIsForgotten() {
        one.beat(4, 0);
        two.beat(4, 0);
        age("two", 86_401);
        one.beat(4, 0);
        assertThat(one.all()).extracting(InstanceView::id).containsExactly("one");
        two.beat(4, 0);
        assertThat(one.all()).as("it comes back").hasSize(2);
    }

    @Test
    void aNewLifeTakesThePlaceOfTheOldOne() {
        one.beat(4, 2);
        age("one", 60);
        Instant before = one.all().get(0).startedAt();
        MembershipService next = life("one");
        next.beat(4, 0);
        assertThat(next.all()).singleElement().satisfies(view -> {
            assertThat(view.startedAt()).isAfter(before);
            assertThat(view.running()).isZero();
        });
        one.leave();
        assertThat(next.all()).as("the old one's late end").hasSize(1);
        next.leave();
        assertThat(next.all()).isEmpty();
    }

    private MembershipService life(String id) {
        return new Beans(database, Map.of("wallwhale.data-dir", data.toString(), "wallwhale.instance-id", id)).get(MembershipService.class);
    }

    /** As if it was last heard of, and started, that long ago. */
    private void age(String id, int seconds) {
        Instant then = one.all().stream().filter(view -> view.id().equals(id)).findFirst().orElseThrow().seenAt();
        List.of("seen_at", "started_at").forEach(column -> database.transaction(entities -> entities.createNativeQuery(
                "update instances set " + column + " = ?1 where id = ?2")
                .setParameter(1, then.minusSeconds(seconds).atOffset(ZoneOffset.UTC)).setParameter(2, id).executeUpdate()));
    }
}
