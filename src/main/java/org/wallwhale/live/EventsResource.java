package org.wallwhale.live;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.download.DownloadView;
import org.wallwhale.problem.Problem;

/** All downloads of the caller as JSON events: a snapshot on each connect, then every change and progress. */
@Path("/events")
@ApplicationScoped
@Tag(name = "Events")
public class EventsResource {
    @Inject
    private LiveHub hub;
    @Context
    private HttpServletRequest request;
    @Context
    private HttpServletResponse response;

    @GET
    @Produces(Connection.EVENT_STREAM)
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "followDownloads", summary = "The events of all downloads of the caller, live",
            description = "Begins with a snapshot at each connect, then tells every change and progress. A key of kind `test` gets "
                    + "403.")
    @APIResponse(responseCode = "503", description = "The server is starting or stopping, or has no room for one more stream")
    @APIResponse(responseCode = "200", description = "Server-sent events, each with JSON as its data: `snapshot` the newest downloads, "
                    + "`download` one that changed, `progress` how far one is. None has an `id`. A comment with the event `heartbeat` comes "
                    + "when there was nothing else for 15 seconds.",
            content = @Content(mediaType = Connection.EVENT_STREAM,
                    schema = @Schema(oneOf = {UserFeed.Snapshot.class, DownloadView.class, UserFeed.Moved.class})))
    public void follow(@Suspended AsyncResponse answer) throws IOException {
        Caller caller = Caller.of(request);
        if (caller.sandboxOnly()) {
            throw Problem.FORBIDDEN.because("A key of kind test cannot follow all downloads; follow one by /downloads/{id}/events.");
        }
        hub.followAll(request.getContextPath() + "/api/v1/downloads", Reader.ofAll(caller), new Connection(response, answer));
    }
}
