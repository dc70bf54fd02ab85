package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** What the table {@code downloads} says of those that finished lately; read from the newest end on, however many there are. */
@ApplicationScoped
class FinishedRepository {
    private static final String HOUR = "cast(floor(extract(epoch from completed_at) / 3600) as bigint)";
    private static final String SINCE = " from downloads where completed_at >= ?1 and kind = 'ITEM'";
    private EntityManager entities;

    FinishedRepository() {
    }

    @Inject
    FinishedRepository(EntityManager entities) {
        this.entities = entities;
    }

    /** Those that ended in one way within one hour. */
    record Ended(Instant hour, Status status, long count, long bytes) {
    }

    List<Ended> byHour(Instant since) {
        return rows("select " + HOUR + ", status, count(*), coalesce(sum(bytes_total), 0)" + SINCE + " group by " + HOUR + ", status", since)
                .map(row -> new Ended(Instant.EPOCH.plus(Duration.ofHours(number(row[0]))), Status.valueOf(row[1].toString()), number(row[2]),
                        number(row[3]))).toList();
    }

    /** The most frequent first. */
    List<FailureCount> reasons(Instant since, int most) {
        return rows("select error_code, count(*)" + SINCE + " and status = 'FAILED' and error_code is not null group by error_code"
                + " order by count(*) desc, error_code limit " + most, since)
                .map(row -> new FailureCount(row[0].toString(), number(row[1]))).toList();
    }

    private Stream<Object[]> rows(String sql, Instant since) {
        List<?> rows = entities.createNativeQuery(sql).setParameter(1, since.atOffset(ZoneOffset.UTC)).getResultList();
        return rows.stream().map(Object[].class::cast);
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
