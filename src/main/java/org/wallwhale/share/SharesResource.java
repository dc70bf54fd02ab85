package org.wallwhale.share;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.rest.IfMatch;
import org.wallwhale.rest.MergePatch;
import org.wallwhale.secret.Secret;

/** One share link, for its owner. */
@Path("/shares/{id}")
@ApplicationScoped
@Tag(name = "Sharing")
@Produces(MediaType.APPLICATION_JSON)
public class SharesResource {
    private static final String PASSWORD = "password";
    @Inject
    private ShareService shares;
    @Inject
    private ShareAddresses addresses;
    @Inject
    private ShareDoor door;
    @Inject
    private Validator validator;
    @Context
    private HttpServletRequest request;

    @GET
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "getShare", summary = "A share link", description = "Its ETag serves for `If-Match`.")
    @APIResponse(responseCode = "200", description = "As it is now", content = @Content(schema = @Schema(implementation = ShareView.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    public Response get(@PathParam("id") UUID id) {
        return tagged(shares.get(id, Caller.of(request)));
    }

    /** Members that are left out stay. */
    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @RolesAllowed(Scope.DOWNLOAD_WRITE)
    @Operation(operationId = "updateShare", summary = "Changes what a share link allows, by a JSON merge patch (RFC 7396)",
            description = "Members that are left out stay; null is without limit, without a password, and the configured time from now. "
                    + "Another password ends what is being sent.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ShareTerms.class)))
    @APIResponse(responseCode = "422", description = "The password is too short or too long")
    @APIResponse(responseCode = "200", description = "As it is now", content = @Content(schema = @Schema(implementation = ShareView.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    public Response patch(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull(message = "The body is missing") MergePatch patch) {
        UnaryOperator<String> password = UnaryOperator.identity();
        if (patch.members().has(PASSWORD)) {
            Secret wish = patch.members().get(PASSWORD).isTextual() ? Secret.of(patch.members().get(PASSWORD).textValue()) : null;
            String hash = door.hash(wish, () -> shares.demandChangeable(id, Caller.of(request)));
            password = present -> hash;
        }
        return tagged(shares.change(id, current -> patch.applyTo(current, validator), password, IfMatch.of(ifMatch), Caller.of(request)));
    }

    @DELETE
    @RolesAllowed(Scope.DOWNLOAD_WRITE)
    @Operation(operationId = "revokeShare", summary = "Revokes a share link for good",
            description = "What is being sent by it ends within about a second, on every instance.")
    @APIResponse(responseCode = "204", description = "Revoked")
    public void revoke(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        shares.revoke(id, IfMatch.of(ifMatch), Caller.of(request));
    }

    private Response tagged(ShareView share) {
        return Response.ok(addresses.linked(share, request)).header(HttpHeaders.ETAG, IfMatch.etag(share.version())).build();
    }
}
