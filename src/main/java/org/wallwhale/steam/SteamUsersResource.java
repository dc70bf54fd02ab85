package org.wallwhale.steam;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.problem.Parameter;
import org.wallwhale.rest.IfMatch;
import org.wallwhale.rest.MergePatch;

/** Steam accounts, for administrators. */
@Path("/admin/steam-users")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SteamUsersResource {
    private static final String MISSING = "The body is missing";
    @Inject
    private AccountService accounts;
    @Inject
    private Validator validator;
    @Context
    private HttpServletRequest request;

    @GET
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "listSteamUsers", summary = "A page of Steam accounts by alias, without their secrets")
    public AccountList list(@QueryParam("limit") String limit, @QueryParam("offset") String offset) {
        return accounts.list(Parameter.number("limit", limit, 50, 1, 200), Parameter.number("offset", offset, 0, 0, 1_000_000));
    }

    @POST
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "createSteamUser", summary = "Adds a Steam account")
    @APIResponseSchema(value = AccountView.class, responseCode = "201", responseDescription = "Added")
    public Response create(@NotNull(message = MISSING) @Valid AccountWish wish) {
        AccountView created = accounts.create(wish, Caller.of(request));
        return Response.created(URI.create("admin/steam-users/" + created.id())).entity(created)
                .header(HttpHeaders.ETAG, IfMatch.etag(created.version())).build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "getSteamUser", summary = "A Steam account and what was learned of it, without its secrets")
    @APIResponseSchema(AccountView.class)
    public Response get(@PathParam("id") UUID id) {
        return tagged(accounts.get(id));
    }

    /** Members that are left out get their defaults, except secrets, which stay; the status has none. */
    @PUT
    @Path("/{id}")
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "replaceSteamUser", summary = "Says all about a Steam account anew; secrets that are left out stay")
    @APIResponseSchema(AccountView.class)
    public Response replace(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull(message = MISSING) @Valid AccountWish wish) {
        return change(id, ifMatch, current -> wish);
    }

    /** Members that are left out stay. */
    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "updateSteamUser", summary = "Changes something about a Steam account, by a JSON merge patch (RFC 7396)")
    @APIResponseSchema(AccountView.class)
    public Response patch(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull(message = MISSING) MergePatch patch) {
        return change(id, ifMatch, current -> patch.applyTo(current, validator));
    }

    @POST
    @Path("/{id}/steam-guard")
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "answerSteamGuardOfTest", summary = "Answers what Steam Guard asks a test login")
    public AccountView answer(@PathParam("id") UUID id, @NotNull(message = MISSING) @Valid GuardAnswer body) {
        return accounts.answer(id, body.code(), Caller.of(request));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "deleteSteamUser", summary = "Deletes a Steam account with its saved session")
    public void delete(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        accounts.delete(id, IfMatch.of(ifMatch), Caller.of(request));
    }

    private Response change(UUID id, String ifMatch, UnaryOperator<AccountWish> change) {
        return tagged(accounts.change(id, change, IfMatch.of(ifMatch), Caller.of(request)));
    }

    private static Response tagged(AccountView account) {
        return Response.ok(account).header(HttpHeaders.ETAG, IfMatch.etag(account.version())).build();
    }
}
