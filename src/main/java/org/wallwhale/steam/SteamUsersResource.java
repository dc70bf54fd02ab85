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
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.problem.Parameter;
import org.wallwhale.rest.IfMatch;
import org.wallwhale.rest.MergePatch;

/** Steam accounts, for administrators. */
@Path("/admin/steam-users")
@ApplicationScoped
@Tag(name = "Steam accounts")
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
    @Operation(operationId = "listSteamUsers", summary = "A page of Steam accounts by alias, without their secrets",
            description = "What was learned of each is told too: logins of the last hour, apps that work, what it waits for.")
    public AccountList list(@QueryParam("limit") String limit, @QueryParam("offset") String offset) {
        return accounts.list(Parameter.number("limit", limit, 50, 1, 200), Parameter.number("offset", offset, 0, 0, 1_000_000));
    }

    @POST
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "createSteamUser", summary = "Adds a Steam account",
            description = "The password and the shared secret go in, never out. With an owner it is for that user alone, else for "
                    + "everybody.")
    @APIResponse(responseCode = "409", description = "There is an account with this alias already")
    @APIResponse(responseCode = "422", description = "The password or the shared secret is none that Steam could know")
    @APIResponse(responseCode = "201", description = "Added", content = @Content(schema = @Schema(implementation = AccountView.class)),
            headers = {@Header(name = "Location", ref = "Location"), @Header(name = "ETag", ref = "ETag")})
    public Response create(@NotNull(message = MISSING) @Valid AccountWish wish) {
        AccountView created = accounts.create(wish, Caller.of(request));
        return Response.created(URI.create("admin/steam-users/" + created.id())).entity(created)
                .header(HttpHeaders.ETAG, IfMatch.etag(created.version())).build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "getSteamUser", summary = "A Steam account and what was learned of it, without its secrets",
            description = "Its ETag serves for `If-Match`.")
    @APIResponse(responseCode = "200", description = "As it is now", content = @Content(schema = @Schema(implementation = AccountView.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    public Response get(@PathParam("id") UUID id) {
        return tagged(accounts.get(id));
    }

    /** Members that are left out get their defaults, except secrets, which stay; the status has none. */
    @PUT
    @Path("/{id}")
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "replaceSteamUser", summary = "Says all about a Steam account anew; secrets that are left out stay",
            description = "Members that are left out get their defaults, except secrets, which stay.")
    @APIResponse(responseCode = "409", description = "There is another account with this alias")
    @APIResponse(responseCode = "422", description = "The password or the shared secret is none that Steam could know")
    @APIResponse(responseCode = "200", description = "As it is now", content = @Content(schema = @Schema(implementation = AccountView.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    public Response replace(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull(message = MISSING) @Valid AccountWish wish) {
        return change(id, ifMatch, current -> wish);
    }

    /** Members that are left out stay. */
    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "updateSteamUser", summary = "Changes something about a Steam account, by a JSON merge patch (RFC 7396)",
            description = "Members that are left out stay. A new password or status makes the server forget that a person was "
                    + "needed.")
    @APIResponse(responseCode = "409", description = "There is another account with this alias")
    @APIResponse(responseCode = "422", description = "The password or the shared secret is none that Steam could know")
    @APIResponse(responseCode = "200", description = "As it is now", content = @Content(schema = @Schema(implementation = AccountView.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    public Response patch(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull(message = MISSING) MergePatch patch) {
        return change(id, ifMatch, current -> patch.applyTo(current, validator));
    }

    @POST
    @Path("/{id}/steam-guard")
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "answerSteamGuardOfTest", summary = "Answers what Steam Guard asks a test login",
            description = "What is asked stands in the account's member `guard`.")
    @APIResponseSchema(AccountView.class)
    @APIResponse(responseCode = "409", description = "Steam Guard asks nothing, or wants no code")
    public AccountView answer(@PathParam("id") UUID id, @NotNull(message = MISSING) @Valid GuardAnswer body) {
        return accounts.answer(id, body.code(), Caller.of(request));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "deleteSteamUser", summary = "Deletes a Steam account with its saved session",
            description = "Downloads that named it keep its alias.")
    @APIResponse(responseCode = "204", description = "Deleted")
    @APIResponse(responseCode = "409", description = "A download or a test login uses the account")
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
