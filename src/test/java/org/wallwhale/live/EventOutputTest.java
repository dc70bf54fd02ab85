package org.wallwhale.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventOutputTest {
    private final Client client = new Client();
    private final AtomicInteger emptied = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final EventOutput output = new EventOutput(client, emptied::incrementAndGet, closed::incrementAndGet);

    @Test
    void nothingIsWrittenBeforeTheContainerAllowsIt() {
        client.reads(100);
        offer("a");
        output.drain();
        assertThat(client.received()).isEmpty();
        output.onWritePossible();
        assertThat(client.received()).isEqualTo("a");
        assertThat(output.isWaiting()).isFalse();
    }

    @Test
    void eventsArriveInOrderHoweverTheClientReads() {
        output.onWritePossible();
        for (int event = 0; event < 200; event++) {
            offer(event + " ");
            if (event % 7 == 0) {
                client.reads(1);
                output.onWritePossible();
            }
        }
        client.reads(100);
        output.onWritePossible();
        assertThat(client.received()).isEqualTo(numbers(200));
    }

    @Test
    void theQueueIsBoundedAndSaysWhenThereIsRoomAgain() {
        output.onWritePossible();
        for (int event = 0; event < EventOutput.MOST_UNSENT; event++) {
            assertThat(output.offer(bytes("x"))).isTrue();
        }
        assertThat(output.offer(bytes("too much"))).isFalse();
        output.drain();
        assertThat(emptied).hasValue(0);
        client.reads(100);
        output.onWritePossible();
        assertThat(emptied).hasValue(1);
        assertThat(client.received()).isEqualTo("x".repeat(EventOutput.MOST_UNSENT));
        assertThat(output.offer(bytes("y"))).isTrue();
    }

    @Test
    void itEndsOnlyAfterEverythingWasSent() {
        output.onWritePossible();
        offer("a");
        output.end();
        assertThat(closed).hasValue(0);
        client.reads(2);
        output.onWritePossible();
        assertThat(closed).hasValue(0);
        client.reads(1);
        output.onWritePossible();
        assertThat(closed).hasValue(1);
        assertThat(client.received()).isEqualTo("a");
        assertThat(output.offer(bytes("b"))).isFalse();
    }

    @Test
    void anEndThatCameBeforeTheContainerAllowedWritesIsStillSent() {
        client.reads(10);
        offer("a");
        output.end();
        assertThat(closed).hasValue(0);
        output.onWritePossible();
        assertThat(client.received()).isEqualTo("a");
        assertThat(closed).hasValue(1);
    }

    @Test
    void anAbortedReaderIsNotWaitedFor() {
        output.onWritePossible();
        offer("a");
        output.abort();
        output.abort();
        assertThat(closed).hasValue(1);
        assertThat(output.isClosed()).isTrue();
        assertThat(client.received()).isEmpty();
    }

    @Test
    void aClientThatIsGoneClosesTheStreamAtTheNextWrite() {
        client.reads(10);
        output.onWritePossible();
        client.leaves();
        assertThat(closed).hasValue(0);
        offer("a");
        output.drain();
        assertThat(closed).hasValue(1);
    }

    @Test
    void aStalledClientIsQuietFromItsFirstUnsentEventOn() {
        output.onWritePossible();
        offer("a");
        long then = System.nanoTime();
        output.drain();
        assertThat(output.isWaiting()).isTrue();
        assertThat(output.quietFor(then + 1000)).isGreaterThanOrEqualTo(1000);
        client.reads(10);
        output.onWritePossible();
        assertThat(output.isWaiting()).isFalse();
    }

    @Test
    void aCallFromTheContainerDuringAWriteIsServedAfterIt() {
        client.duringWrite(output::onWritePossible);
        output.onWritePossible();
        offer("a".repeat(9000));
        offer("b".repeat(9000));
        client.reads(100);
        output.onWritePossible();
        assertThat(client.isOverlapped()).isFalse();
        assertThat(client.received()).isEqualTo("a".repeat(9000) + "b".repeat(9000));
        assertThat(output.isWaiting()).isFalse();
    }

    @Test
    void manyThreadsNeverWriteAtTheSameTimeAndNothingIsLost() throws InterruptedException {
        output.onWritePossible();
        ExecutorService four = Executors.newFixedThreadPool(4);
        for (int thread = 0; thread < 3; thread++) {
            four.execute(() -> IntStream.range(0, 5000).forEach(turn -> {
                client.reads(1);
                output.onWritePossible();
            }));
        }
        four.execute(() -> {
            for (int event = 0; event < 5000; event++) {
                while (!output.offer(bytes(event + " "))) {
                    client.reads(1);
                    output.drain();
                }
                output.drain();
            }
        });
        four.shutdown();
        assertThat(four.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        client.reads(100);
        output.onWritePossible();
        assertThat(client.isOverlapped()).isFalse();
        assertThat(client.received()).isEqualTo(numbers(5000));
        assertThat(closed).hasValue(0);
    }

    private void offer(String text) {
        assertThat(output.offer(bytes(text))).isTrue();
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(number -> number + " ").collect(Collectors.joining());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
