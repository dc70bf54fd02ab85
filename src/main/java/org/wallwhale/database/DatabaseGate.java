package org.wallwhale.database;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transactional;
import jakarta.transaction.TransactionalException;
import org.wallwhale.problem.Problem;

/**
 * Around each transaction: UNAVAILABLE at once while the database is away, so that threads do not pile up before it, and UNAVAILABLE for a
 * commit that failed without a reason while the database failed too. Within a transaction everything passes.
 */
@Interceptor
@Transactional
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
public class DatabaseGate {
    private static final ThreadLocal<Boolean> INSIDE = new ThreadLocal<>();
    private Pulse pulse;

    DatabaseGate() {
    }

    @Inject
    DatabaseGate(Pulse pulse) {
        this.pulse = pulse;
    }

    @AroundInvoke
    Object pass(InvocationContext call) throws Exception {
        if (INSIDE.get() != null) {
            return call.proceed();
        }
        if (!pulse.admits(call.getMethod().isAnnotationPresent(NeedsNoRoom.class))) {
            throw Problem.UNAVAILABLE.because("The database cannot be used at the moment; try again shortly.");
        }
        long since = System.nanoTime();
        INSIDE.set(true);
        try {
            return call.proceed();
        } catch (TransactionalException e) {
            if (isWithoutReason(e) && pulse.failedSince(since)) {
                throw (RuntimeException) Problem.UNAVAILABLE.because("The database failed meanwhile; try again shortly.").initCause(e);
            }
            throw e;
        } finally {
            INSIDE.remove();
        }
    }

    /** Servers keep what the database said to a commit to themselves. */
    private static boolean isWithoutReason(TransactionalException e) {
        Throwable commit = e.getCause();
        return (commit instanceof RollbackException || commit instanceof SystemException || commit instanceof HeuristicMixedException
                || commit instanceof HeuristicRollbackException) && commit.getCause() == null;
    }
}
