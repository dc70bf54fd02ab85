package org.wallwhale.access;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The caller's own password. */
@Path("/me/password")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PasswordResource {
    @Inject
    private AuthService auth;
    @Context
    private HttpServletRequest request;

    @PUT
    @RolesAllowed(Scope.ANY)
    @Operation(operationId = "changePassword", summary = "Changes one's own password, and ends one's sessions")
    public void changePassword(@NotNull(message = "The body is missing") @Valid ChangePassword wish) {
        auth.changePassword(wish, Caller.of(request));
    }
}
