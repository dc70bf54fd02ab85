package org.wallwhale.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Needed beside {@link ProblemMapper}: Jersey has a mapper of its own for violations, and the more specific type wins. */
@Provider
public class ViolationMapper implements ExceptionMapper<ConstraintViolationException> {
    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(ConstraintViolationException thrown) {
        return ProblemMapper.answer(Faults.of(thrown), RequestId.of(request)).build();
    }
}
