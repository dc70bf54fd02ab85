package org.wallwhale.rest;

import jakarta.annotation.Priority;
import jakarta.transaction.TransactionalException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.Providers;

/**
 * Needed beside {@link ProblemMapper}: Jersey has a mapper of its own for what a failed commit throws, which throws it again, so that it
 * ends as the container's 500.
 */
@Provider
@Priority(1)
public class CommitMapper implements ExceptionMapper<TransactionalException> {
    @Context
    private Providers providers;

    @Override
    public Response toResponse(TransactionalException thrown) {
        return providers.getExceptionMapper(Throwable.class).toResponse(thrown);
    }
}
