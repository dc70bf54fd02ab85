package org.wallwhale.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Refusals that are not on record yet, in the memory of this instance: by source, the last one and how many there were. Past
 * {@value #MOST} sources all others run together; no refusal is left out.
 */
final class RefusalTally {
    static final int MOST = 1_000;
    static final String OTHERS = "from other addresses";
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private final Map<String, Series> open = new HashMap<>();
    private final LongSupplier nanoTime;

    RefusalTally(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What is to be written: {@code count} refusals within {@code seconds}, of which this was the last. */
    record Sum(String source, Refusal last, long count, long seconds) {
    }

    private static final class Series {
        private long since;
        private long count;
        private Refusal last;
    }

    /** True for the first of its source: it is to be written by itself. Those that follow are counted. */
    synchronized boolean isFirst(Refusal refusal) {
        if (open.containsKey(source(refusal))) {
            count(refusal);
            return false;
        }
        series(refusal);
        return true;
    }

    synchronized void count(Refusal refusal) {
        Series series = series(refusal);
        series.count++;
        series.last = refusal;
    }

    /** Of each source what was counted in a minute or more, or all of it. A source that was quiet for a minute is forgotten. */
    synchronized List<Sum> due(boolean all) {
        long now = nanoTime.getAsLong();
        open.values().removeIf(series -> series.count == 0 && now - series.since >= MINUTE_NANOS);
        return open.entrySet().stream()
                .filter(one -> one.getValue().count > 0 && (all || now - one.getValue().since >= MINUTE_NANOS))
                .map(one -> new Sum(one.getKey(), one.getValue().last, one.getValue().count,
                        (now - one.getValue().since) / 1_000_000_000)).toList();
    }

    /** It is on record; the source's next minute begins. */
    synchronized void written(Sum sum) {
        Series series = open.get(sum.source());
        series.count -= sum.count();
        series.since = nanoTime.getAsLong();
    }

    private Series series(Refusal refusal) {
        return open.computeIfAbsent(source(refusal), source -> {
            Series series = new Series();
            series.since = nanoTime.getAsLong();
            return series;
        });
    }

    private String source(Refusal refusal) {
        return open.size() < MOST || open.containsKey(refusal.source()) ? refusal.source() : OTHERS;
    }
}
