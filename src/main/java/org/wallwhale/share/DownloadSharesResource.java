package org.wallwhale.share;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Scope;
import org.wallwhale.idempotency.Answer;
import org.wallwhale.idempotency.Call;

/** The share links of a download. */
@Path("/downloads/{id}/shares")
@ApplicationScoped
@Tag(name = "Sharing")
@Produces(MediaType.APPLICATION_JSON)
public class DownloadSharesResource {
    @Inject
    private Sharing sharing;
    @Context
    private HttpServletRequest request;

    @GET
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "listDownloadShares", summary = "The share links of a download",
            description = "The newest first, ended ones included, with what was made of them.")
    @APIResponseSchema(ShareList.class)
    public ShareList list(@PathParam("id") UUID id) {
        return sharing.list(new Shared(id, false), request);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.DOWNLOAD_WRITE)
    @Operation(operationId = "shareDownload", summary = "Makes a link to a download for people without an account",
            description = "It leads browsers to a page, and programs to the zip. How long the content is kept does not change by it.")
    @APIResponse(responseCode = "409", description = "There is nothing to share yet, there are too many links, or the first call with this "
            + "`Idempotency-Key` still runs")
    @APIResponse(responseCode = "410", description = "The content was cleaned away")
    @APIResponse(responseCode = "422", description = "The password is too short or too long, or the `Idempotency-Key` belongs to another body")
    @APIResponse(responseCode = "201", description = "Made", content = @Content(schema = @Schema(implementation = ShareView.class)),
            headers = @Header(name = "Location", ref = "Location"))
    public Response create(@PathParam("id") UUID id,
            @HeaderParam(Call.KEY) @Pattern(regexp = Call.SYNTAX, message = Call.SYNTAX_FAULT) String key,
            @NotNull(message = "The body is missing") @Valid ShareTerms terms) {
        Answer<ShareView> made = sharing.make(new Shared(id, false), "shareDownload", key, terms, request);
        return Response.created(URI.create("shares/" + made.value().id())).entity(made.value()).header(Answer.REPLAYED, made.replayedHeader()).build();
    }
}
