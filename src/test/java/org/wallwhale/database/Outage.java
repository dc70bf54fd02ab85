package org.wallwhale.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** An H2 database that can go away and come back. */
public final class Outage {
    private final JdbcDataSource h2 = new JdbcDataSource();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean away;

    public Outage() {
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    public TestDatabase database() {
        return new TestDatabase((DataSource) Proxy.newProxyInstance(Outage.class.getClassLoader(), new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    if (away && method.getReturnType() == Connection.class) {
                        refused.incrementAndGet();
                        throw new SQLException("The database is away");
                    }
                    try {
                        return method.invoke(h2, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    public void begin() {
        away = true;
    }

    public void end() {
        away = false;
    }

    /** How many connections were asked for in vain. */
    public int refused() {
        return refused.get();
    }
}
