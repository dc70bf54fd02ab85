package org.wallwhale.store;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.rest.Exchange;
import org.wallwhale.rest.RestConfig;

/** What a batch has so far as one zip, a folder for each item. */
@Path("/batches/{id}/zip")
@ApplicationScoped
@Tag(name = "Content")
@APIResponse(responseCode = "409", description = "No item of the batch has content")
@APIResponse(responseCode = "410", description = "The content was cleaned away")
public class BatchZipResource {
    @Inject
    private ServedService content;
    @Inject
    private Transfers transfers;
    @Inject
    private RestConfig config;
    @Context
    private HttpServletRequest request;
    @Context
    private HttpServletResponse response;

    @GET
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "getBatchZip", summary = "The content of a batch as a zip, or a range of it",
            description = "A folder for each item that is there so far, named by its id. As the zip of a download.")
    @APIResponse(responseCode = "200", description = "The zip", content = @Content(mediaType = "application/zip"))
    public void get(@PathParam("id") UUID id, @Suspended AsyncResponse answer) throws IOException {
        ZipResource.zip(content.takeBatch(id, Caller.of(request))).send(new Exchange(request, response, answer, config.stallAfter(),
                transfers.to(Caller.of(request))));
    }

    @HEAD
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "headBatchZip", summary = "The headers of a batch's zip",
            description = "As GET, without the body; it is not on record as a reading.")
    @APIResponse(responseCode = "200", description = "The headers")
    public void head(@PathParam("id") UUID id, @Suspended AsyncResponse answer) throws IOException {
        ZipResource.zip(content.findBatch(id, Caller.of(request))).send(new Exchange(request, response, answer, config.stallAfter(),
                transfers.to(Caller.of(request))));
    }
}
