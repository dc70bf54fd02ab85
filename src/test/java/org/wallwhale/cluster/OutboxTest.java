package org.wallwhale.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wallwhale.database.NotificationChannel;

class OutboxTest {
    private final Outbox outbox = new Outbox("me");

    @Test
    void theSameThingIsToldOnceAndInItsNewestForm() {
        outbox.add("download", "a", "a");
        outbox.add("progress", "a", "10");
        outbox.add("download", "a", "a");
        outbox.add("progress", "b", "10");
        outbox.add("progress", "a", "20");
        assertThat(taken()).containsExactly(new News("download", "a"), new News("progress", "20"), new News("progress", "10"));
        assertThat(outbox.next()).isEmpty();
        outbox.add("download", "a", "a");
        assertThat(taken()).as("it changed again").hasSize(1);
    }

    @Test
    void whatDoesNotFitIsToldNextTimeAndNothingIsLost() {
        List<News> all = IntStream.range(0, 300).mapToObj(i -> new News("download", UUID.randomUUID() + " " + UUID.randomUUID())).toList();
        all.forEach(news -> outbox.add(news.topic(), news.text(), news.text()));
        List<News> told = new ArrayList<>();
        int payloads = 0;
        for (Optional<String> next = outbox.next(); next.isPresent(); next = outbox.next()) {
            assertThat(next.get().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(NotificationChannel.MOST_BYTES);
            told.addAll(News.of(next.get(), "somebody else"));
            payloads++;
        }
        assertThat(told).isEqualTo(all);
        assertThat(payloads).isEqualTo(4);
    }

    @Test
    void moreThanCanWaitIsThatEverythingMayHaveChanged() {
        IntStream.range(0, 10 * Outbox.MOST_WAITING).forEach(i -> outbox.add("download", String.valueOf(i), String.valueOf(i)));
        assertThat(taken()).containsExactly(News.EVERYTHING);
        outbox.add("download", "a", "a");
        assertThat(taken()).as("from then on all is told again").containsExactly(new News("download", "a"));
    }

    @Test
    void whatMayBeLostIsToldAsEverything() {
        outbox.add("download", "a", "a");
        outbox.next();
        outbox.collapse();
        outbox.add("download", "b", "b");
        assertThat(taken()).containsExactly(News.EVERYTHING);
        assertThat(outbox.next()).isEmpty();
    }

    @Test
    void oneDoesNotHearOneself() {
        outbox.add("queue", "", "");
        String payload = outbox.next().orElseThrow();
        assertThat(News.of(payload, "me")).isEmpty();
        assertThat(News.of(payload, "you")).containsExactly(new News("queue", ""));
        assertThat(News.of("", "you")).isEmpty();
    }

    private List<News> taken() {
        return News.of(outbox.next().orElseThrow(), "somebody else");
    }
}
