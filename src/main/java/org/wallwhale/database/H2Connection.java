package org.wallwhale.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A connection to H2 whose transactions are rolled back while none is committed. Of a transaction that is rolled back H2 (2.2.224 to
 * 2.5.252) may restore a row twice, if another one's commit is written to the disk meanwhile, as each is with {@code WRITE_DELAY=0}: what
 * others wrote to the row between the two is lost, and whoever locks it then may wait for a transaction that is over.
 */
final class H2Connection implements InvocationHandler {
    /** Neither a commit nor a rollback waits for rows of others, so none waits here for long. */
    private static final ReadWriteLock ENDS = new ReentrantReadWriteLock();
    private final Connection real;

    private H2Connection(Connection real) {
        this.real = real;
    }

    static Connection guarded(Connection real) {
        return (Connection) Proxy.newProxyInstance(H2Connection.class.getClassLoader(), new Class<?>[] {Connection.class},
                new H2Connection(real));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "commit" -> under(ENDS.readLock(), method, arguments);
            case "rollback" -> under(ENDS.writeLock(), method, arguments);
            default -> ask(method, arguments);
        };
    }

    private Object under(Lock lock, Method method, Object[] arguments) throws Throwable {
        lock.lock();
        try {
            return ask(method, arguments);
        } finally {
            lock.unlock();
        }
    }

    private Object ask(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
