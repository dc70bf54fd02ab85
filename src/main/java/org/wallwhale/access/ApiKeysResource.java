package org.wallwhale.access;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;

/** API keys, for administrators. */
@Path("/admin/api-keys")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ApiKeysResource {
    @Inject
    private ApiKeyService keys;
    @Context
    private HttpServletRequest request;

    @GET
    @RolesAllowed(Scope.ADMIN_READ)
    public ApiKeyList list() {
        return new ApiKeyList(keys.list());
    }

    @POST
    @RolesAllowed(Scope.ADMIN_WRITE)
    public Response create(@NotNull(message = "The body is missing") @Valid CreateApiKey wish) {
        CreatedApiKey created = keys.create(wish, Caller.of(request));
        return Response.created(URI.create("admin/api-keys/" + created.apiKey().id())).entity(created).build();
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Scope.ADMIN_WRITE)
    public void revoke(@PathParam("id") UUID id) {
        keys.revoke(id, Caller.of(request));
    }
}
