package org.wallwhale.access;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.wallwhale.audit.Actor;

/** Setting up a server that has no administrator. */
@Path("/setup")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SetupResource {
    @Inject
    private AdministratorService administrators;
    @Context
    private HttpServletRequest request;

    @POST
    @PermitAll
    @Operation(operationId = "setUp", summary = "Makes the first administrator of a server that has none")
    @APIResponseSchema(value = UserView.class, responseCode = "201", responseDescription = "Made")
    public Response setUp(@NotNull(message = "The body is missing") @Valid SetUp wish) {
        UserView made = administrators.setUp(wish, Actor.of(request));
        administrators.forgetToken();
        return Response.created(URI.create("admin/users/" + made.id())).entity(made).build();
    }
}
