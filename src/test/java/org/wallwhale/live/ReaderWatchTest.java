package org.wallwhale.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.download.LogSpan;

class ReaderWatchTest {
    private static final Caller ALICE = Callers.of(UUID.randomUUID());
    private static final Caller BOB = Callers.of(UUID.randomUUID());
    private final ReaderWatch watch = new ReaderWatch(caller -> true);

    @Test
    void aReaderThatDoesNotReadIsDroppedAfterTwentySecondsAndTheOthersStay() {
        Reader stalled = reader(ALICE, 0);
        Reader good = reader(ALICE, 1000);
        watch.look(List.of(stalled, good), in(19));
        assertThat(stalled.output().isClosed()).isFalse();
        watch.look(List.of(stalled, good), in(21));
        assertThat(stalled.output().isClosed()).isTrue();
        assertThat(good.output().isClosed()).isFalse();
    }

    @Test
    void manyStalledReadersGetLessTime() {
        List<Reader> stalled = Stream.generate(() -> reader(ALICE, 0)).limit(50).toList();
        Reader good = reader(ALICE, 1000);
        watch.look(Stream.concat(stalled.stream(), Stream.of(good)).toList(), in(6));
        assertThat(stalled).allMatch(reader -> reader.output().isClosed());
        assertThat(good.output().isClosed()).isFalse();
    }

    @Test
    void whoHeardNothingForTenSecondsGetsAHeartbeat() {
        Client client = new Client().reads(1000);
        Reader reader = reader(ALICE, client);
        watch.look(List.of(reader), in(9));
        assertThat(client.received()).isEqualTo("retry: 3000\n\n");
        watch.look(List.of(reader), in(11));
        assertThat(client.received()).isEqualTo("retry: 3000\n\n:\nevent: heartbeat\ndata: {}\n\n");
    }

    @Test
    void whoReadsLinesGetsNoneThatAServerDidNotWrite() {
        Client client = new Client().reads(1000);
        Reader reader = connected(Reader.ofDownload(Reader.Form.TEXT, ALICE, Start.of(null, null, null), new LogSpan(0, LogSpan.OPEN, 0)), client);
        watch.look(List.of(reader), in(11));
        assertThat(client.received()).isEqualTo("retry: 3000\n\n:\n\n");
    }

    @Test
    void whoMayNoLongerReadIsClosedAndIsLookedUpOnce() {
        List<Caller> asked = new ArrayList<>();
        List<Reader> readers = List.of(reader(ALICE, 10), reader(BOB, 10), reader(ALICE, 10));
        new ReaderWatch(caller -> {
            asked.add(caller);
            return !caller.userId().equals(ALICE.userId());
        }).check(readers);
        assertThat(readers).extracting(reader -> reader.output().isClosed()).containsExactly(true, false, true);
        assertThat(asked).extracting(Caller::userId).containsExactlyInAnyOrder(ALICE.userId(), BOB.userId());
    }

    @Test
    void theReadersOfOneCredentialAreLookedUpOnceHoweverManyRequestsTheyCameBy() {
        List<Reader> readers = IntStream.range(0, 100).mapToObj(request -> reader(Callers.by(ALICE, "request " + request), 10)).toList();
        List<Caller> asked = new ArrayList<>();
        new ReaderWatch(asked::add).check(readers);
        assertThat(asked).hasSize(1);
    }

    private static long in(long seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private static Reader reader(Caller caller, int reads) {
        return reader(caller, new Client().reads(reads));
    }

    private static Reader reader(Caller caller, Client client) {
        return connected(Reader.ofAll(caller), client);
    }

    private static Reader connected(Reader reader, Client client) {
        reader.connect(new EventOutput(client, () -> { }, () -> { }));
        reader.output().offer(Frame.RETRY);
        reader.output().onWritePossible();
        return reader;
    }
}
