package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.wallwhale.server.RawHttp.Reply;

/** Clients of one key, each from an address of its own, that ask as fast as they can, and once refused come back when they may. */
final class MinuteFlood {
    /** Requests that the key has in each UTC minute. */
    static final int LIMIT = 300;
    private static final int MOST_CALLS = 10 * LIMIT;
    private final int port;
    private final String credential;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    MinuteFlood(int port, String credential) {
        this.port = port;
        this.credential = credential;
    }

    private record Call(Instant sent, Reply reply, Instant received) {
        /** Which UTC minute it was counted in, by its answer. */
        long minute() {
            return Math.round(Long.parseLong(reply.header("X-RateLimit-Reset")) / 60.0) - 1;
        }

        boolean isGranted() {
            return reply.status() == 200;
        }
    }

    /** Of this client, until it is refused the second time. */
    boolean comeTwice(int client) {
        Reply refusal = askUntilRefused(client);
        Instant again = Instant.now().plusSeconds(Long.parseLong(refusal.header("Retry-After")));
        while (Instant.now().isBefore(again)) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        askUntilRefused(client);
        return true;
    }

    /** Every minute in which somebody was refused was used up. */
    void demandNoMoreThanTheLimitAndNearlyAllOfIt() {
        Map<Long, List<Call>> minutes = calls.stream().collect(Collectors.groupingBy(Call::minute));
        assertThat(minutes.values()).allSatisfy(ofMinute -> assertThat(granted(ofMinute)).isLessThanOrEqualTo(LIMIT));
        assertThat(minutes.values()).filteredOn(ofMinute -> granted(ofMinute) < ofMinute.size()).hasSizeGreaterThan(1)
                .allSatisfy(ofMinute -> assertThat(granted(ofMinute)).isGreaterThanOrEqualTo(LIMIT * 95L / 100));
        minutes.forEach((minute, ofMinute) -> assertThat(ofMinute).allSatisfy(call -> {
            assertThat(call.sent()).as("what a call says of its minute").isBefore(Instant.ofEpochSecond(minute * 60 + 60));
            assertThat(call.received()).isAfterOrEqualTo(Instant.ofEpochSecond(minute * 60));
        }));
        assertThat(calls).filteredOn(call -> !call.isGranted()).allSatisfy(call -> {
            assertThat(call.reply().status()).as(call.reply().body()).isEqualTo(429);
            assertThat(call.reply().json().get("violated-policies").toString()).isEqualTo("[\"minute\"]");
            assertThat(Long.parseLong(call.reply().header("Retry-After"))).isBetween(1L, 60L);
        });
    }

    private static long granted(List<Call> calls) {
        return calls.stream().filter(Call::isGranted).count();
    }

    private Reply askUntilRefused(int client) {
        RawHttp http = new RawHttp(port, "127.0.1." + (client + 1));
        while (calls.size() < MOST_CALLS) {
            Instant sent = Instant.now();
            Reply reply = http.get("/api/v1/downloads?limit=1", credential, "X-Request-Id: flood");
            calls.add(new Call(sent, reply, Instant.now()));
            if (reply.status() != 200) {
                return reply;
            }
        }
        throw new AssertionError("Client " + client + " was not refused among " + MOST_CALLS + " calls");
    }
}
