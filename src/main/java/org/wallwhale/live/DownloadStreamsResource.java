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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.download.DownloadLogService;
import org.wallwhale.download.DownloadView;

/** One download as it goes on, until {@code event: end}. */
// The path of the other class that serves downloads: one at /downloads/{id} would hide what that class has there.
@Path("/downloads")
@ApplicationScoped
@Tag(name = "Events")
@APIResponse(responseCode = "503", description = "The server is starting or stopping, or has no room for one more stream")
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
    @Operation(operationId = "followDownload", summary = "The events of one download as JSON, live",
            description = "Numbered events repeat after a lost connection: `Last-Event-ID` names the last one that was seen. Ends "
                    + "after the event `end`.")
    @APIResponse(responseCode = "200", description = "Server-sent events, each with JSON as its data: `snapshot`, `state` and `end` a "
                    + "download, `log` a line of the present run, `progress` how far it is. All but snapshot, progress and end have an "
                    + "`id`. A comment with the event `heartbeat` comes when there was nothing else for 15 seconds.",
            content = @Content(mediaType = Connection.EVENT_STREAM,
                    schema = @Schema(oneOf = {DownloadView.class, LogEvent.Line.class, ProgressEvent.class})))
    public void events(@PathParam("id") UUID id,
            @Parameter(description = "As `Last-Event-ID`, which counts more",
                    schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
            @QueryParam("after") String after,
            @HeaderParam("Last-Event-ID") String lastEventId, @Suspended AsyncResponse answer) throws IOException {
        follow(id, Reader.Form.JSON, Start.of(lastEventId, after, null), answer);
    }

    /** The log as plain lines, from the first one of the run on. */
    @GET
    @Path("/{id}/logs")
    @Produces(Connection.EVENT_STREAM)
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "followLog", summary = "The log of one download as plain lines, live",
            description = "Begins with the first line of the present run; `attempt` asks for an earlier one. Ends after the event "
                    + "`end`, whose data is the status.")
    @APIResponse(responseCode = "200", description = "Server-sent events, each with an `id` and one line of text as its data; at last "
                    + "the event `end` with the status",
            content = @Content(mediaType = Connection.EVENT_STREAM, schema = @Schema(type = SchemaType.STRING)))
    public void logs(@PathParam("id") UUID id,
            @Parameter(description = "Which run; the present one if left out",
                    schema = @Schema(type = SchemaType.INTEGER, format = "int32", minimum = "1"))
            @QueryParam("attempt") String attempt,
            @Parameter(description = "As `Last-Event-ID`, which counts more",
                    schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
            @QueryParam("after") String after,
            @HeaderParam("Last-Event-ID") String lastEventId, @Suspended AsyncResponse answer) throws IOException {
        follow(id, Reader.Form.TEXT, Start.of(lastEventId, after, attempt), answer);
    }

    private void follow(UUID id, Reader.Form form, Start start, AsyncResponse answer) throws IOException {
        Caller caller = Caller.of(request);
        Reader reader = Reader.ofDownload(form, caller, start, log.span(id, start.attempt(), caller));
        hub.followDownload(id, request.getContextPath() + "/api/v1/downloads", reader, new Connection(response, answer));
    }
}
