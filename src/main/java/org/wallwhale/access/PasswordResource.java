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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's own password. */
@Path("/me/password")
@ApplicationScoped
@Tag(name = "Me")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PasswordResource {
    @Inject
    private AuthService auth;
    @Context
    private HttpServletRequest request;

    @PUT
    @RolesAllowed(Scope.ANY)
    @Operation(operationId = "changePassword", summary = "Changes one's own password, and ends one's sessions",
            description = "All sessions of the caller end. API keys go on.")
    @APIResponse(responseCode = "204", description = "Changed")
    @APIResponse(responseCode = "409", description = "The password was changed meanwhile, or is another issuer's")
    @APIResponse(responseCode = "422", description = "The new password is the old one, or too easy to guess")
    public void changePassword(@NotNull(message = "The body is missing") @Valid ChangePassword wish) {
        auth.changePassword(wish, Caller.of(request));
    }
}
