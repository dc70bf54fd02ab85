package org.wallwhale.sandbox;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Signals of this process. Reached by reflection because javac warns of {@code sun.misc.Signal}, which is exported by the module
 * {@code jdk.unsupported}, in a way that no annotation silences.
 */
final class Signals {
    private Signals() {
    }

    /** Writes SIGTERM, SIGINT and SIGHUP into the journal from now on and does nothing else about them. */
    static void ignoreRequestsToStop(Journal journal) {
        InvocationHandler ignoring = new InvocationHandler() {
            @Override
            public Object invoke(Object handler, Method method, Object[] arguments) {
                if (method.getName().equals("handle")) {
                    journal.signal(String.valueOf(arguments[0]));
                }
                return null;
            }
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, ignoring);
            for (String name : new String[] {"TERM", "INT", "HUP"}) {
                Object named = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, named, handling);
            }
        } catch (ReflectiveOperationException unlikely) {
            throw new IllegalStateException(unlikely);
        }
    }

    /** Dies by SIGKILL, which the JVM does not send to itself. */
    static void killThisProcess() throws IOException {
        String command = "kill -KILL ".concat(Long.toString(ProcessHandle.current().pid()));
        new ProcessBuilder("/bin/sh", "-c", command).start();
        Pause.forever();
    }
}
