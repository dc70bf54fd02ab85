package org.wallwhale.steam;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;

/** The keys that seal the secrets of Steam accounts. */
@Path("/admin/secrets")
@ApplicationScoped
@Tag(name = "Operation")
@Produces(MediaType.APPLICATION_JSON)
public class SecretsResource {
    @Inject
    private Rotation rotation;
    @Context
    private HttpServletRequest request;

    @POST
    @Path("/rotate")
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "rotateSecrets", summary = "Adds a sealing key and seals the secrets of Steam accounts with it, while everything runs",
            description = "Running downloads and logins go on. Without a key file of the administrator's the server makes the new "
                    + "key by itself.")
    @APIResponseSchema(RotationView.class)
    @APIResponse(responseCode = "409", description = "The sealing keys lie in a file of the administrator's: a line has to be "
                    + "added to it first")
    public RotationView rotate() {
        return rotation.rotate(Caller.of(request));
    }
}
