package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolProbeTest {
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final PoolProbe probe = new PoolProbe();
    private final JdbcDataSource h2 = new JdbcDataSource();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void aPoolThatGivesAConnectionIsWell() {
        h2.setURL("jdbc:h2:mem:");
        assertThat(probe.givesConnection(h2, threads)).isTrue();
    }

    @Test
    void oneThatRefusesOrGivesABrokenOneIsNot() {
        h2.setURL("jdbc:h2:mem:");
        assertThat(probe.givesConnection(pool(() -> {
            throw new SQLException("none is free");
        }), threads)).isFalse();
        assertThat(probe.givesConnection(pool(() -> {
            var broken = h2.getConnection();
            broken.close();
            return broken;
        }), threads)).isFalse();
    }

    @Test
    void oneThatKeepsWaitingIsNotAndIsAskedOnce() {
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        h2.setURL("jdbc:h2:mem:");
        DataSource exhausted = pool(() -> {
            asked.incrementAndGet();
            free.await();
            return h2.getConnection();
        });
        assertThat(probe.givesConnection(exhausted, threads)).isFalse();
        assertThat(probe.givesConnection(exhausted, threads)).isFalse();
        assertThat(asked).hasValue(1);
        free.countDown();
        assertThat(probe.givesConnection(exhausted, threads)).isTrue();
    }

    private static DataSource pool(Callable<?> connection) {
        return (DataSource) Proxy.newProxyInstance(PoolProbeTest.class.getClassLoader(), new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> connection.call());
    }
}
