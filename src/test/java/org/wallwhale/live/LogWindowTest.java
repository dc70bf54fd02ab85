package org.wallwhale.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.wallwhale.download.LogEntry;

class LogWindowTest {
    @Test
    void anEmptyWindowCoversWhatComesAfterItsStart() {
        LogWindow window = new LogWindow(5);
        assertThat(window.head()).isEqualTo(5);
        assertThat(window.covers(5)).isTrue();
        assertThat(window.covers(4)).isFalse();
        assertThat(window.after(5)).isEmpty();
    }

    @Test
    void readersGetWhatTheyDoNotHave() {
        LogWindow window = new LogWindow(5);
        window.append(entries(6, 9));
        assertThat(seqs(window.after(5))).containsExactly(6L, 7L, 8L, 9L);
        assertThat(seqs(window.after(8))).containsExactly(9L);
        assertThat(window.after(9)).isEmpty();
        assertThat(window.after(100)).isEmpty();
        assertThat(window.head()).isEqualTo(9);
    }

    @Test
    void fromAnyCursorOnAReaderMissesNothingOrIsToldToReadTheTable() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        LogWindow window = new LogWindow(0);
        while (window.head() < 20_000) {
            window.append(entries(window.head() + 1, window.head() + random.nextInt(300)));
            long cursor = random.nextLong(window.head() + 2);
            if (window.covers(cursor)) {
                assertThat(seqs(window.after(cursor))).as("seed " + seed)
                        .isEqualTo(LongStream.rangeClosed(cursor + 1, window.head()).boxed().toList());
            } else {
                assertThat(window.head() - cursor).as("seed " + seed).isGreaterThan(LogWindow.KEPT);
            }
        }
        assertThat(window.covers(10_000)).isFalse();
        assertThat(window.after(0)).hasSizeLessThanOrEqualTo(2 * LogWindow.KEPT + 300);
    }

    @Test
    void longLinesAreForgottenSooner() {
        LogWindow window = new LogWindow(0);
        for (long seq = 1; seq <= 400; seq++) {
            window.append(List.of(new LogEvent(new LogEntry(seq, "line", "x".repeat(9000), Instant.EPOCH))));
            assertThat(seqs(window.after(seq - 1))).containsExactly(seq);
        }
        List<LogEvent> kept = window.after(0);
        assertThat(kept.size() * 9000).isBetween(LogWindow.MOST_CHARACTERS / 4, LogWindow.MOST_CHARACTERS);
        assertThat(window.covers(kept.get(0).seq() - 1)).isTrue();
        assertThat(window.covers(kept.get(0).seq() - 2)).isFalse();
    }

    static List<LogEvent> entries(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(seq -> new LogEvent(new LogEntry(seq, "line", "line " + seq, Instant.EPOCH))).toList();
    }

    private static List<Long> seqs(List<LogEvent> events) {
        return events.stream().map(LogEvent::seq).toList();
    }
}
