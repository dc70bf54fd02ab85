package org.wallwhale.live;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.download.DownloadLogService;

/** One download as it goes on, until {@code event: end}. */
// The path of the other class that serves downloads: one at /downloads/{id} would hide what that class has there.
@Path("/downloads")
@ApplicationScoped
public class DownloadStreamsResource {
    @Inject
    private LiveHub hub;
    @Inject
    private DownloadLogService log;
    @Context
    private HttpServletRequest request;
    @Context
    private HttpServletResponse response;

    /** As JSON events: a snapshot, what the current run logged, states and progress. */
    @GET
    @Path("/{id}/events")
    @Produces(Connection.EVENT_STREAM)
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "followDownload", summary = "The events of one download as JSON, live")
    @APIResponse(responseCode = "200", description = "Server-sent events", content = @Content(mediaType = Connection.EVENT_STREAM))
    public void events(@PathParam("id") UUID id, @QueryParam("after") String after,
            @HeaderParam("Last-Event-ID") String lastEventId, @Suspended AsyncResponse answer) throws IOException {
        follow(id, Reader.Form.JSON, Start.of(lastEventId, after, null), answer);
    }

    /** The log as plain lines, from the first one of the run on. */
    @GET
    @Path("/{id}/logs")
    @Produces(Connection.EVENT_STREAM)
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "followLog", summary = "The log of one download as plain lines, live")
    @APIResponse(responseCode = "200", description = "Server-sent events", content = @Content(mediaType = Connection.EVENT_STREAM))
    public void logs(@PathParam("id") UUID id, @QueryParam("attempt") String attempt, @QueryParam("after") String after,
            @HeaderParam("Last-Event-ID") String lastEventId, @Suspended AsyncResponse answer) throws IOException {
        follow(id, Reader.Form.TEXT, Start.of(lastEventId, after, attempt), answer);
    }

    private void follow(UUID id, Reader.Form form, Start start, AsyncResponse answer) throws IOException {
        Caller caller = Caller.of(request);
        Reader reader = Reader.ofDownload(form, caller, start, log.span(id, start.attempt(), caller));
        hub.followDownload(id, request.getContextPath() + "/api/v1/downloads", reader, new Connection(response, answer));
    }
}
