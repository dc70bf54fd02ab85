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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the caller wants the web page to look. */
@Path("/me/preferences")
@ApplicationScoped
@Tag(name = "Me")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PreferencesResource {
    @Inject
    private MeService me;
    @Context
    private HttpServletRequest request;

    @PUT
    @RolesAllowed(Scope.ANY)
    @Operation(operationId = "setPreferences", summary = "Says how the web page shall look, on every device of the user",
            description = "All of them at once. They stand in `/me`. Not for a call with an API key, and not while the password has to "
                    + "be changed.")
    @APIResponseSchema(Preferences.class)
    public Preferences set(@NotNull(message = "The body is missing") @Valid Preferences wish) {
        return me.prefer(wish, Caller.of(request));
    }
}
