package org.wallwhale.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;

/** The entities of one database. What EclipseLink knows of them does not depend on the database, so it is lent from test to test. */
final class TestEntities {
    private static final Map<String, Deque<Lent>> IDLE = new HashMap<>();
    private final EntityManagerFactory factory;
    private final Runnable after;
    private final AtomicInteger transactions = new AtomicInteger();
    private volatile boolean closed;

    private TestEntities(EntityManagerFactory factory, Runnable after) {
        this.factory = factory;
        this.after = after;
    }

    /** With a factory of their own, for a data source that is somehow special. */
    static TestEntities alone(DataSource dataSource) {
        EntityManagerFactory own = factory(dataSource);
        return new TestEntities(own, own::close);
    }

    /** With a factory that others on a database of this {@code kind} used before. */
    static TestEntities lent(String kind, DataSource dataSource) {
        synchronized (IDLE) {
            Deque<Lent> idle = IDLE.computeIfAbsent(kind, each -> new ArrayDeque<>());
            Lent lent = idle.isEmpty() ? new Lent() : idle.pop();
            lent.target = dataSource;
            return new TestEntities(lent.factory, () -> giveBack(idle, lent));
        }
    }

    private static void giveBack(Deque<Lent> idle, Lent lent) {
        synchronized (IDLE) {
            idle.push(lent);
        }
    }

    private static EntityManagerFactory factory(DataSource dataSource) {
        return Persistence.createEntityManagerFactory("wallwhale", Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource", "",
                "jakarta.persistence.nonJtaDataSource", dataSource,
                "eclipselink.logging.level", "WARNING"));
    }

    <T> T transaction(Function<EntityManager, T> work) {
        transactions.incrementAndGet();
        try (EntityManager entities = reader()) {
            entities.getTransaction().begin();
            try {
                T result = work.apply(entities);
                entities.getTransaction().commit();
                return result;
            } finally {
                if (entities.getTransaction().isActive()) {
                    entities.getTransaction().rollback();
                }
            }
        } finally {
            transactions.decrementAndGet();
        }
    }

    EntityManager reader() {
        if (closed) {
            throw new IllegalStateException("This database was closed");
        }
        return factory.createEntityManager();
    }

    /** Whether it was open. Nobody gets the factory while a transaction of this test goes on, which would write into the database of the next one. */
    synchronized boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        if (transactions.get() == 0) {
            after.run();
        } else {
            factory.close();
        }
        return true;
    }

    private static final class Lent {
        private final EntityManagerFactory factory;
        private volatile DataSource target;

        private Lent() {
            factory = factory((DataSource) Proxy.newProxyInstance(TestEntities.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                try {
                    return method.getDeclaringClass() == Object.class ? method.invoke(this, arguments) : method.invoke(target, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }));
        }
    }
}
