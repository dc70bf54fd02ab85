package org.wallwhale.access;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.audit.Actor;

/** Setting up a server that has no administrator. */
@Path("/setup")
@ApplicationScoped
@Tag(name = "Sessions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SetupResource {
    @Inject
    private AdministratorService administrators;
    @Context
    private HttpServletRequest request;

    @GET
    @PermitAll
    @Operation(operationId = "getSetup", summary = "Whether the server still waits for its first administrator",
            description = "Once it does not, it never does again.")
    public SetupView get() {
        return new SetupView(administrators.isNeeded());
    }

    @POST
    @PermitAll
    @Operation(operationId = "setUp", summary = "Makes the first administrator of a server that has none",
            description = "Needs the one-time token that the server's log tells at its first start. Open until there is an "
                    + "administrator.")
    @APIResponse(responseCode = "409", description = "There is an administrator already")
    @APIResponse(responseCode = "422", description = "The password is too easy to guess")
    @APIResponse(responseCode = "201", description = "Made", content = @Content(schema = @Schema(implementation = UserView.class)),
            headers = @Header(name = "Location", ref = "Location"))
    public Response setUp(@NotNull(message = "The body is missing") @Valid SetUp wish) {
        UserView made = administrators.setUp(wish, Actor.of(request));
        administrators.forgetToken();
        return Response.created(URI.create("admin/users/" + made.id())).entity(made).build();
    }
}
