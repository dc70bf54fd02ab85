package org.wallwhale.download;

import jakarta.persistence.Query;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one claim may take: it does not change until its end. Its parameters begin with {@code ?2}.
 *
 * @param room free bytes, without those that running downloads may still write
 * @param open what something waits for and need not any longer; nothing can start where there is none
 */
record Opportunity(Capacity capacity, Instant now, long room, List<Open> open) {
    private static final int FIRST = 5;

    /** Of what {@code SeatQueries} says. An empty {@code owner} stands for everybody, an empty {@code name} for those that wait for no login. */
    record Open(String name, String owner) {
        static final Open WITHOUT_LOGIN = new Open("", "");
    }

    /** Administrators may name other people's accounts. */
    Opportunity of(UUID owner, boolean administrator) {
        return administrator ? this : new Opportunity(capacity, now, room,
                open.stream().filter(one -> one.owner.isEmpty() || one.owner.equals(owner.toString())).toList());
    }

    /** {@code open} as a table {@code o}. */
    String table() {
        return IntStream.range(0, open.size()).mapToObj(i -> "(cast(?" + (FIRST + 2 * i) + " as varchar), cast(?" + (FIRST + 2 * i + 1) + " as varchar))")
                .collect(Collectors.joining(", ", "(values ", ") o (name, owner)"));
    }

    Query in(Query query) {
        query.setParameter(2, now.atOffset(ZoneOffset.UTC)).setParameter(3, room).setParameter(4, capacity.outgoingAddress());
        for (int i = 0; i < open.size(); i++) {
            query.setParameter(FIRST + 2 * i, open.get(i).name).setParameter(FIRST + 2 * i + 1, open.get(i).owner);
        }
        return query;
    }
}
