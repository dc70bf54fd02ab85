package org.wallwhale.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * A connection for pools that never look whether theirs still live, as WildFly 39 does with those that an application defines: between
 * transactions one that was closed is replaced by a new one. Within a transaction whoever uses a broken one gets its exception.
 */
final class HealingConnection implements InvocationHandler {
    /** What is asked of one that nobody wants any longer. */
    private static final Set<String> IS_OVER = Set.of("close", "abort", "isClosed");
    private final Source source;
    private Connection real;
    private boolean autoCommit = true;
    /** Nothing was asked since the last transaction ended. */
    private boolean between = true;

    /** Where new ones come from. */
    interface Source {
        Connection open() throws SQLException;
    }

    private HealingConnection(Source source) throws SQLException {
        this.source = source;
        this.real = source.open();
    }

    static Connection open(Source source) throws SQLException {
        return (Connection) Proxy.newProxyInstance(HealingConnection.class.getClassLoader(), new Class<?>[] {Connection.class},
                new HealingConnection(source));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (name.equals("equals")) {
            return proxy == arguments[0];
        }
        if (name.equals("hashCode")) {
            return System.identityHashCode(this);
        }
        if (between && !IS_OVER.contains(name) && real.isClosed()) {
            real = source.open();
            real.setAutoCommit(autoCommit);
        }
        boolean asks = name.startsWith("prepare") || name.equals("createStatement");
        boolean ends = name.equals("commit") || name.equals("rollback") && arguments == null;
        between = ends || (asks ? autoCommit : between);
        if (name.equals("setAutoCommit")) {
            autoCommit = (Boolean) arguments[0];
            between = true;
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
