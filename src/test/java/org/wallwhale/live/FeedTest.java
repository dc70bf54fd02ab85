package org.wallwhale.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;

class FeedTest {
    private static final Caller CALLER = Callers.of(UUID.randomUUID());
    private static final int ROUNDS = 15_000;
    private final Queue<Feed> queue = new ArrayDeque<>();

    private static final class Counting extends Feed {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger turns = new AtomicInteger();
        private volatile boolean overlapped;
        private volatile boolean expired;
        private Runnable during = () -> { };

        Counting(Consumer<Feed> queue) {
            super(queue);
        }

        @Override
        void turn() {
            overlapped |= inside.incrementAndGet() > 1;
            turns.incrementAndGet();
            during.run();
            inside.decrementAndGet();
        }

        @Override
        void poll(long now) {
        }

        @Override
        void expire() {
            expired = true;
        }
    }

    @Test
    void manyWakeUpsAreOneTurn() {
        Counting feed = new Counting(queue::add);
        IntStream.range(0, 100).forEach(wake -> feed.wake());
        assertThat(queue).hasSize(1);
        queue.remove().run();
        assertThat(feed.turns).hasValue(1);
        assertThat(queue).isEmpty();
    }

    @Test
    void aWakeUpDuringATurnIsAnotherTurn() {
        Counting feed = new Counting(queue::add);
        feed.during = () -> {
            feed.during = () -> { };
            feed.wake();
            feed.wake();
            assertThat(queue).isEmpty();
        };
        feed.wake();
        queue.remove().run();
        assertThat(queue).hasSize(1);
        queue.remove().run();
        assertThat(queue).isEmpty();
        assertThat(feed.turns).hasValue(2);
    }

    @Test
    void aFailedTurnDoesNotStopTheNext() {
        Counting feed = new Counting(queue::add);
        feed.during = () -> {
            throw new IllegalStateException("The database is away");
        };
        feed.wake();
        assertThatThrownBy(() -> queue.remove().run()).isInstanceOf(IllegalStateException.class);
        assertThat(feed.expired).isTrue();
        feed.during = () -> { };
        feed.wake();
        queue.remove().run();
        assertThat(feed.turns).hasValue(2);
    }

    @Test
    void turnsNeverOverlap() throws InterruptedException {
        ForkJoinPool four = new ForkJoinPool(4);
        Counting feed = new Counting(due -> four.execute(due::run));
        ExecutorService wakers = Executors.newFixedThreadPool(4);
        IntStream.range(0, 4).forEach(waker -> wakers.execute(() -> IntStream.range(0, 20_000).forEach(wake -> feed.wake())));
        wakers.shutdown();
        assertThat(wakers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(four.awaitQuiescence(60, TimeUnit.SECONDS)).isTrue();
        four.shutdown();
        assertThat(feed.overlapped).isFalse();
        assertThat(feed.turns.get()).isPositive();
    }

    @Test
    void theLastReaderTakesItsFeedAlong() {
        Feeds<Counting> feeds = new Feeds<>();
        UUID id = UUID.randomUUID();
        Reader first = reader();
        Reader second = reader();
        feeds.join(id, key -> new Counting(queue::add), first);
        feeds.join(id, key -> new Counting(queue::add), second);
        Counting feed = feeds.find(id).orElseThrow();
        queue.remove().run();
        assertThat(feed.readers()).containsExactlyInAnyOrder(first, second);
        feeds.leave(id, first);
        assertThat(feeds.find(id)).contains(feed);
        feeds.leave(id, second);
        assertThat(feeds.find(id)).isEmpty();
    }

    @Test
    void whoeverLeavesWhileTheFeedTakesReadersInNeitherStaysNorTakesOthersAlong() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        Random pauses = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            Feeds<Counting> feeds = new Feeds<>();
            UUID id = UUID.randomUUID();
            Reader leaving = reader();
            feeds.join(id, key -> new Counting(queue::add), leaving);
            Counting feed = feeds.find(id).orElseThrow();
            boolean stays = round % 2 == 0;
            if (stays) {
                feed.join(reader());
            }
            leaving.output().abort();
            AtomicInteger there = new AtomicInteger();
            int pause = pauses.nextInt(40);
            Future<?> left = other.submit(() -> {
                meet(there, pause);
                feeds.leave(id, leaving);
            });
            Feed due = queue.remove();
            meet(there, 20);
            due.run();
            left.get();
            assertThat(feeds.find(id).isPresent()).as("round " + round + ": a reader is left").isEqualTo(stays);
            queue.clear();
        }
        other.shutdown();
    }

    /** Both go on within a microsecond, one a little later. */
    private static void meet(AtomicInteger there, int pause) {
        there.incrementAndGet();
        for (int spin = 0; there.get() < 2; spin++) {
            if (spin < 10_000) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        for (int spin = 0; spin < pause; spin++) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aReaderWhoLeftBeforeItsFirstTurnIsNotServed() {
        Counting feed = new Counting(queue::add);
        Reader reader = reader();
        feed.join(reader);
        reader.output().abort();
        queue.remove().run();
        assertThat(feed.readers()).isEmpty();
        assertThat(feed.isEmpty()).isTrue();
    }

    @Test
    void whoWaitsForItsFirstTurnIsLookedAfterToo() {
        Counting feed = new Counting(queue::add);
        Reader reader = reader();
        feed.join(reader);
        assertThat(feed.everyone()).containsExactly(reader);
        queue.remove().run();
        assertThat(feed.everyone()).containsExactly(reader);
    }

    private static Reader reader() {
        Reader reader = Reader.ofAll(CALLER);
        reader.connect(new EventOutput(new Client(), () -> { }, () -> { }));
        return reader;
    }
}
