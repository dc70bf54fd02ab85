package org.wallwhale.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** An H2 in memory that counts what it is asked. */
public final class CountedStatements {
    private final AtomicInteger statements = new AtomicInteger();

    /** A new database, each of whose statements counts from now on. */
    public TestDatabase open() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return new TestDatabase(proxy(DataSource.class, h2));
    }

    /** How many it takes to do {@code deed}. */
    public int of(Runnable deed) {
        int before = statements.get();
        deed.run();
        return statements.get() - before;
    }

    private <T> T proxy(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().startsWith("prepare")) {
                statements.incrementAndGet();
            }
            try {
                Object result = method.invoke(real, arguments);
                return result instanceof Connection connection && method.getName().equals("getConnection")
                        ? proxy(Connection.class, connection) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
