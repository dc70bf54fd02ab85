package org.wallwhale.download;

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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.idempotency.Answer;
import org.wallwhale.idempotency.Call;
import org.wallwhale.idempotency.Idempotency;
import org.wallwhale.rest.IfMatch;
import org.wallwhale.rest.MergePatch;
import org.wallwhale.steam.GuardAnswer;

/** Downloads: submit, look, cancel, retry, delete. */
@Path("/downloads")
@ApplicationScoped
@Tag(name = "Downloads")
@Produces(MediaType.APPLICATION_JSON)
public class DownloadsResource {
    @Inject
    private SubmitService submits;
    @Inject
    private BatchService batches;
    @Inject
    private DownloadService downloads;
    @Inject
    private DownloadListService list;
    @Inject
    private GuardService guard;
    @Inject
    private Idempotency idempotency;
    @Inject
    private Validator validator;
    @Context
    private HttpServletRequest request;
    @Context
    private UriInfo uri;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.DOWNLOAD_WRITE)
    @Operation(operationId = "submitDownload", summary = "Queues the download of an item",
            description = "Never waits for Steam. The same item, account and save root while that download is live returns the same "
                    + "download. A collection becomes a download of its own with one for each of its items.")
    @APIResponse(responseCode = "409", description = "The first call with this `Idempotency-Key` still runs")
    @APIResponse(responseCode = "422", description = "`unprocessable`: the named account cannot be used, or the `Idempotency-Key` "
                    + "belongs to another body. `storage_quota`: the user's storage is full")
    @APIResponse(responseCode = "202", description = "Accepted, or the same one that is live already",
            content = @Content(schema = @Schema(implementation = DownloadView.class)), headers = @Header(name = "Location", ref = "Location"))
    public Response submit(@HeaderParam(Call.KEY) @Pattern(regexp = Call.SYNTAX, message = Call.SYNTAX_FAULT) String key,
            @NotNull(message = "The body is missing") @Valid SubmitDownload body) {
        Caller caller = Caller.of(request);
        Answer<DownloadView> answer = idempotency.once(Call.of(caller.credentialId(), "submitDownload", key, body), DownloadView.class,
                () -> submits.submit(body, caller));
        DownloadView download = linked(answer.value());
        return Response.accepted(download).location(URI.create("downloads/" + download.id()))
                .header(Answer.REPLAYED, answer.replayedHeader()).build();
    }

    @POST
    @Path("/batch")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.DOWNLOAD_WRITE)
    @Operation(operationId = "submitBatch", summary = "Queues the downloads of many items, and tells what became of each line",
            description = "One result for each line: a line that is refused hinders no other.")
    @APIResponse(responseCode = "409", description = "The first call with this `Idempotency-Key` still runs")
    @APIResponse(responseCode = "422", description = "The `Idempotency-Key` belongs to another body, or the answer would be too "
                    + "long to be kept for it")
    @APIResponse(responseCode = "202", description = "A result for each line", content = @Content(schema = @Schema(implementation = BatchView.class)),
            headers = @Header(name = "Location", ref = "Location"))
    public Response submitBatch(@HeaderParam(Call.KEY) @Pattern(regexp = Call.SYNTAX, message = Call.SYNTAX_FAULT) String key,
            @NotNull(message = "The body is missing") @Valid SubmitBatch body) {
        Caller caller = Caller.of(request);
        Answer<BatchView> answer = idempotency.once(Call.of(caller.credentialId(), "submitBatch", key, body), BatchView.class,
                () -> batches.submit(body, caller));
        BatchView batch = answer.value().linked(request.getContextPath() + "/api/v1/batches");
        return Response.accepted(batch).location(URI.create("batches/" + batch.id())).header(Answer.REPLAYED, answer.replayedHeader()).build();
    }

    @GET
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "listDownloads", summary = "A page of the caller's downloads",
            description = "Without the items of collections, which stand in `/downloads/{id}/children`. `pagination.total` is "
                    + "counted up to 1,000; `Link` leads to the next page.")
    @APIResponse(responseCode = "200", description = "The page", content = @Content(schema = @Schema(implementation = DownloadList.class)),
            headers = @Header(name = "Link", ref = "Link"))
    public Response list(@QueryParam("limit") String limit, @QueryParam("offset") String offset, @QueryParam("after") String after,
            @QueryParam("status") String status, @QueryParam("needsInput") String needsInput, @QueryParam("pubfileId") String pubfileId,
            @QueryParam("q") String text, @QueryParam("sort") String sort) {
        DownloadQuery query = DownloadQuery.of(limit, offset, after, status, pubfileId, text, sort).asking(needsInput);
        return page(list.find(query, Caller.of(request)), request, uri);
    }

    static Response page(DownloadList found, HttpServletRequest request, UriInfo uri) {
        Response.ResponseBuilder answer = Response.ok(new DownloadList(found.downloads().stream()
                .map(download -> download.linked(address(request))).toList(), found.pagination()));
        if (found.pagination().hasMore()) {
            answer.link(uri.getRequestUriBuilder().replaceQueryParam("offset").replaceQueryParam("after", found.pagination().nextCursor())
                    .build(), "next");
        }
        return answer.build();
    }

    @GET
    @Path("/counts")
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "countDownloads", summary = "How many downloads the caller has of each kind",
            description = "Without the items of collections. Each number is counted up to 1,000.")
    public DownloadCounts count() {
        return list.counts(Caller.of(request));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "getDownload", summary = "A download with its progress",
            description = "While it waits, `waitingFor` says for what; when it failed, `error` has the reason and advice. Its ETag serves "
                    + "for `If-Match`, and changes with all but its progress.")
    @APIResponse(responseCode = "200", description = "As it is now", content = @Content(schema = @Schema(implementation = DownloadView.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    public Response get(@PathParam("id") UUID id) {
        return tagged(downloads.get(id, Caller.of(request)));
    }

    /** Members that are left out stay. */
    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @RolesAllowed(Scope.DOWNLOAD_WRITE)
    @Operation(operationId = "updateDownload", summary = "Changes the priority or the start of a download, by a JSON merge patch (RFC 7396)",
            description = "Members that are left out stay; null is priority 0, and a start at once. Of a collection: what of it has not "
                    + "started has the same priority.")
    @RequestBody(content = @Content(schema = @Schema(implementation = DownloadTerms.class)))
    @APIResponse(responseCode = "409", description = "It has finished; or it runs, and the patch has another `startAt`")
    @APIResponse(responseCode = "200", description = "As it is now", content = @Content(schema = @Schema(implementation = DownloadView.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    public Response patch(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull(message = "The body is missing") MergePatch patch) {
        return tagged(downloads.change(id, current -> patch.applyTo(current, validator), IfMatch.of(ifMatch), Caller.of(request)));
    }

    @POST
    @Path("/{id}/cancel")
    @RolesAllowed(Scope.DOWNLOAD_WRITE)
    @Operation(operationId = "cancelDownload", summary = "Cancels a queued or running download",
            description = "Of a collection: all its items. A running child process ends within seconds; `phase` is `canceling` until "
                    + "then.")
    @APIResponseSchema(DownloadView.class)
    @APIResponse(responseCode = "409", description = "It has finished")
    public DownloadView cancel(@PathParam("id") UUID id) {
        return linked(downloads.cancel(id, Caller.of(request)));
    }

    @POST
    @Path("/{id}/retry")
    @RolesAllowed(Scope.DOWNLOAD_WRITE)
    @Operation(operationId = "retryDownload", summary = "Queues a failed or canceled download again",
            description = "Goes on where it stopped, if its parts are still there. Of a collection: what failed or was canceled.")
    @APIResponseSchema(DownloadView.class)
    @APIResponse(responseCode = "409", description = "It is live, or has succeeded and its content is there")
    @APIResponse(responseCode = "422", description = "`storage_quota`: the user's storage is full")
    public DownloadView retry(@PathParam("id") UUID id) {
        return linked(downloads.retry(id, Caller.of(request)));
    }

    @POST
    @Path("/{id}/steam-guard")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.DOWNLOAD_WRITE)
    @Operation(operationId = "answerSteamGuard", summary = "Answers what Steam Guard asks of a running download",
            description = "What is asked stands in `needsInput`. For administrators and the owner of the Steam account, on whichever "
                    + "instance it runs.")
    @APIResponseSchema(DownloadView.class)
    @APIResponse(responseCode = "409", description = "Steam Guard asks nothing, or wants no code")
    public DownloadView answer(@PathParam("id") UUID id, @NotNull(message = "The body is missing") @Valid GuardAnswer body) {
        return linked(guard.answer(id, body.code(), Caller.of(request)));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Scope.DOWNLOAD_WRITE)
    @Operation(operationId = "deleteDownload", summary = "Forgets a finished download",
            description = "Its content goes too, unless another download refers to it.")
    @APIResponse(responseCode = "204", description = "Deleted")
    @APIResponse(responseCode = "409", description = "It is queued or running")
    public void delete(@PathParam("id") UUID id) {
        downloads.delete(id, Caller.of(request));
    }

    private Response tagged(DownloadView download) {
        return Response.ok(linked(download)).header(HttpHeaders.ETAG, IfMatch.etag(download.revision())).build();
    }

    private DownloadView linked(DownloadView download) {
        return download.linked(address(request));
    }

    private static String address(HttpServletRequest request) {
        return request.getContextPath() + "/api/v1/downloads";
    }
}
