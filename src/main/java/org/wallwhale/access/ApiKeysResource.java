package org.wallwhale.access;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
import org.wallwhale.idempotency.Answer;
import org.wallwhale.idempotency.Call;
import org.wallwhale.idempotency.Idempotency;
import org.wallwhale.problem.Parameter;
import org.wallwhale.rest.IfMatch;
import org.wallwhale.rest.MergePatch;

/** API keys, for administrators. */
@Path("/admin/api-keys")
@ApplicationScoped
@Tag(name = "API keys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ApiKeysResource {
    private static final String MISSING = "The body is missing";
    @Inject
    private ApiKeyService keys;
    @Inject
    private Validator validator;
    @Inject
    private Idempotency idempotency;
    @Context
    private HttpServletRequest request;

    @GET
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "listApiKeys", summary = "A page of API keys, newest first, without their text",
            description = "Keys of all users, revoked ones included.")
    public ApiKeyList list(@QueryParam("limit") String limit, @QueryParam("offset") String offset) {
        return keys.list(Parameter.number("limit", limit, 50, 1, 200), Parameter.number("offset", offset, 0, 0, 1_000_000));
    }

    @POST
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "createApiKey", summary = "Makes an API key and shows its text for the only time",
            description = "The answer shows the key's text for the only time; a replay has null in its place. A key never has more "
                    + "than its owner, nor more than the key that makes it.")
    @APIResponse(responseCode = "201", description = "Made", content = @Content(schema = @Schema(implementation = CreatedApiKey.class)),
            headers = @Header(name = "Location", ref = "Location"))
    public Response create(@HeaderParam(Call.KEY) @Pattern(regexp = Call.SYNTAX, message = Call.SYNTAX_FAULT) String key,
            @NotNull(message = MISSING) @Valid ApiKeyTerms terms) {
        Caller caller = Caller.of(request);
        Answer<CreatedApiKey> answer = idempotency.once(Call.of(caller.credentialId(), "createApiKey", key, terms), CreatedApiKey.class,
                () -> keys.create(terms, caller), CreatedApiKey::withoutText);
        CreatedApiKey created = answer.value();
        return Response.created(URI.create("admin/api-keys/" + created.apiKey().id())).entity(created)
                .header(Answer.REPLAYED, answer.replayedHeader()).build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "getApiKey", summary = "An API key without its text",
            description = "Its ETag serves for `If-Match`.")
    @APIResponse(responseCode = "200", description = "As it is now", content = @Content(schema = @Schema(implementation = ApiKeyView.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    public Response get(@PathParam("id") UUID id) {
        return tagged(keys.get(id));
    }

    /** Members that are left out get their defaults. */
    @PUT
    @Path("/{id}")
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "replaceApiKey", summary = "Says all terms of an API key anew",
            description = "Members that are left out get their defaults. The kind and the owner never change.")
    @APIResponse(responseCode = "409", description = "The key was revoked, which cannot be taken back")
    @APIResponse(responseCode = "200", description = "As it is now", content = @Content(schema = @Schema(implementation = ApiKeyView.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    public Response replace(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull(message = MISSING) @Valid ApiKeyTerms terms) {
        return change(id, ifMatch, current -> terms);
    }

    /** Members that are left out stay. */
    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "updateApiKey", summary = "Changes some terms of an API key, by a JSON merge patch (RFC 7396)",
            description = "Members that are left out stay; null is the default again. The kind and the owner never change.")
    @APIResponse(responseCode = "409", description = "The key was revoked, which cannot be taken back")
    @APIResponse(responseCode = "200", description = "As it is now", content = @Content(schema = @Schema(implementation = ApiKeyView.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    public Response patch(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull(message = MISSING) MergePatch patch) {
        return change(id, ifMatch, current -> patch.applyTo(current, validator));
    }

    @POST
    @Path("/{id}/rotate")
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "rotateApiKey", summary = "Gives an API key a new text; the old one works for a while",
            description = "The old text, and its open event streams, go on for `graceSeconds` more: a day if left out, a week at "
                    + "most.")
    @APIResponse(responseCode = "409", description = "The key is revoked or has expired, or the first call with this "
                    + "`Idempotency-Key` still runs")
    @APIResponseSchema(CreatedApiKey.class)
    public Response rotate(@PathParam("id") UUID id,
            @HeaderParam(Call.KEY) @Pattern(regexp = Call.SYNTAX, message = Call.SYNTAX_FAULT) String key,
            @NotNull(message = MISSING) @Valid RotateApiKey body) {
        Caller caller = Caller.of(request);
        Answer<CreatedApiKey> answer = idempotency.once(Call.of(caller.credentialId(), "rotateApiKey", key, id, body), CreatedApiKey.class,
                () -> keys.rotate(id, body.graceSeconds(), caller), CreatedApiKey::withoutText);
        return Response.ok(answer.value()).header(Answer.REPLAYED, answer.replayedHeader()).build();
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Scope.ADMIN_WRITE, Scope.ANY})
    @Operation(operationId = "revokeApiKey", summary = "Revokes an API key and what it made",
            description = "Takes effect within a second on every instance: event streams and transfers end, downloads are canceled. "
                    + "204 also for a revoked key. A key that revokes itself needs no scope for it.")
    public void revoke(@PathParam("id") UUID id) {
        keys.revoke(id, Caller.of(request));
    }

    private Response change(UUID id, String ifMatch, UnaryOperator<ApiKeyTerms> change) {
        return tagged(keys.change(id, change, IfMatch.of(ifMatch), Caller.of(request)));
    }

    private static Response tagged(ApiKeyView key) {
        return Response.ok(key).header(HttpHeaders.ETAG, IfMatch.etag(key.version())).build();
    }
}
