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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where a user is logged in, for administrators. */
@Path("/admin/users/{id}/sessions")
@ApplicationScoped
@Tag(name = "Users")
public class UserSessionsResource {
    @Inject
    private SessionService sessions;
    @Context
    private HttpServletRequest request;

    @DELETE
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "endUserSessions", summary = "Ends all sessions of a user",
            description = "Access tokens, event streams and transfers of these sessions end within a second on every instance. API "
                    + "keys go on.")
    public void endAll(@PathParam("id") UUID id) {
        sessions.endAll(id, Caller.of(request).actor());
    }
}
