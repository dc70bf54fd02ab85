package org.wallwhale.database;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import org.wallwhale.problem.Problem;

/** Before each transaction: UNAVAILABLE at once while the database is away, so that threads do not pile up before it. */
@Interceptor
@Transactional
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
public class DatabaseGate {
    @Inject
    private Pulse pulse;

    @AroundInvoke
    Object pass(InvocationContext call) throws Exception {
        if (!pulse.answers()) {
            throw Problem.UNAVAILABLE.because("The database does not answer; try again shortly.");
        }
        return call.proceed();
    }
}
