package org.wallwhale.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.steam.AccountView;
import org.wallwhale.worker.LoginTests;

/** Tries the logins of Steam accounts. */
@Path("/admin/steam-users/{id}/test")
@ApplicationScoped
@Tag(name = "Steam accounts")
@Produces(MediaType.APPLICATION_JSON)
public class SteamTestResource {
    @Inject
    private LoginTests tests;
    @Context
    private HttpServletRequest request;

    @POST
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "testSteamUser", summary = "Logs a Steam account in without fetching anything",
            description = "Begins a login on this instance; its result stands in the account's member `test`, what Steam Guard asks "
                    + "in `guard`.")
    @APIResponse(responseCode = "409", description = "The account is in use, may not log in yet, or needs another password; or no "
                    + "DepotDownloader is there, or too many tests run")
    @APIResponseSchema(value = AccountView.class, responseCode = "202", responseDescription = "Begun; its result stands in the account's member test")
    public Response test(@PathParam("id") UUID id) {
        return Response.accepted(tests.start(id, Caller.of(request))).build();
    }
}
