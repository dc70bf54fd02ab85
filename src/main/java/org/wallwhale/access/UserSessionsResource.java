package org.wallwhale.access;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Where a user is logged in, for administrators. */
@Path("/admin/users/{id}/sessions")
@ApplicationScoped
public class UserSessionsResource {
    @Inject
    private SessionService sessions;
    @Context
    private HttpServletRequest request;

    @DELETE
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "endUserSessions", summary = "Ends all sessions of a user")
    public void endAll(@PathParam("id") UUID id) {
        sessions.endAll(id, Caller.of(request).actor());
    }
}
