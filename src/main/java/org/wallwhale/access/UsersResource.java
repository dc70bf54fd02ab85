package org.wallwhale.access;

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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.problem.Parameter;
import org.wallwhale.rest.IfMatch;
import org.wallwhale.rest.MergePatch;

/** Users, for administrators. */
@Path("/admin/users")
@ApplicationScoped
@Tag(name = "Users")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {
    private static final String MISSING = "The body is missing";
    @Inject
    private UserService users;
    @Inject
    private Validator validator;
    @Context
    private HttpServletRequest request;

    @GET
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "listUsers", summary = "A page of users, the oldest first",
            description = "`q` looks for a part of the mail address.")
    public UserList list(@QueryParam("limit") String limit, @QueryParam("offset") String offset, @QueryParam("q") String text) {
        return users.list(text == null ? "" : text, Parameter.number("limit", limit, 50, 1, 200),
                Parameter.number("offset", offset, 0, 0, 1_000_000));
    }

    @POST
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "createUser", summary = "Makes a user; a generated password is shown for the only time",
            description = "Without a `password` one is generated, and must be changed at the first login.")
    @APIResponse(responseCode = "409", description = "Another user has this mail address")
    @APIResponse(responseCode = "422", description = "The password is too easy to guess")
    @APIResponse(responseCode = "201", description = "Made", content = @Content(schema = @Schema(implementation = CreatedUser.class)),
            headers = {@Header(name = "Location", ref = "Location"), @Header(name = "ETag", ref = "ETag")})
    public Response create(@NotNull(message = MISSING) @Valid UserWish wish) {
        CreatedUser created = users.create(wish, Caller.of(request));
        return Response.created(URI.create("admin/users/" + created.user().id())).entity(created)
                .header(HttpHeaders.ETAG, IfMatch.etag(created.user().version())).build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "getUser", summary = "A user",
            description = "Its ETag serves for `If-Match`.")
    @APIResponse(responseCode = "200", description = "As it is now", content = @Content(schema = @Schema(implementation = UserView.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    public Response get(@PathParam("id") UUID id) {
        return tagged(users.get(id));
    }

    /** Members that are left out get their defaults; role and activity have none. */
    @PUT
    @Path("/{id}")
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "replaceUser", summary = "Says all about a user anew",
            description = "Members that are left out get their defaults; `role` and `isActive` have none. A `password` sets a new "
                    + "one.")
    @APIResponse(responseCode = "409", description = "Another user has this mail address, the user has no password here, or no "
                    + "administrator would be left")
    @APIResponse(responseCode = "422", description = "The password is too easy to guess")
    @APIResponse(responseCode = "200", description = "As it is now", content = @Content(schema = @Schema(implementation = UserView.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    public Response replace(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull(message = MISSING) @Valid UserWish wish) {
        return change(id, ifMatch, current -> wish);
    }

    /** Members that are left out stay. */
    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "updateUser", summary = "Changes something about a user, by a JSON merge patch (RFC 7396)",
            description = "Members that are left out stay; a limit of null is the server's default again.")
    @APIResponse(responseCode = "409", description = "Another user has this mail address, the user has no password here, or no "
                    + "administrator would be left")
    @APIResponse(responseCode = "422", description = "The password is too easy to guess")
    @APIResponse(responseCode = "200", description = "As it is now", content = @Content(schema = @Schema(implementation = UserView.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    public Response patch(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull(message = MISSING) MergePatch patch) {
        return change(id, ifMatch, current -> patch.applyTo(current, validator));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "deleteUser", summary = "Deletes a user, whose downloads and audit entries keep the id",
            description = "The user's keys are revoked and live downloads canceled; the mail address is free again.")
    @APIResponse(responseCode = "204", description = "Deleted")
    @APIResponse(responseCode = "409", description = "It is the caller, or the last active administrator")
    public void delete(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        users.delete(id, IfMatch.of(ifMatch), Caller.of(request));
    }

    private Response change(UUID id, String ifMatch, UnaryOperator<UserWish> change) {
        return tagged(users.change(id, change, IfMatch.of(ifMatch), Caller.of(request)));
    }

    private static Response tagged(UserView user) {
        return Response.ok(user).header(HttpHeaders.ETAG, IfMatch.etag(user.version())).build();
    }
}
