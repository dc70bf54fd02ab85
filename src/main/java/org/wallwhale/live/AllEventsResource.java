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

/** The downloads of all users as JSON events, for administrators. */
@Path("/admin/events")
@ApplicationScoped
@Tag(name = "Events")
public class AllEventsResource {
    @Inject
    private LiveHub hub;
    @Context
    private HttpServletRequest request;
    @Context
    private HttpServletResponse response;

    @GET
    @Produces(Connection.EVENT_STREAM)
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "followAllDownloads", summary = "The events of the downloads of all users, live",
            description = "As `GET /events`; of collections, not of their items.")
    @APIResponse(responseCode = "503", description = "The server is starting or stopping, or has no room for one more stream")
    @APIResponse(responseCode = "200", description = "Server-sent events, each with JSON as its data: `snapshot` the newest downloads, "
                    + "`download` one that changed, `progress` how far one is. None has an `id`. A comment with the event `heartbeat` comes "
                    + "when there was nothing else for 15 seconds.",
            content = @Content(mediaType = Connection.EVENT_STREAM,
                    schema = @Schema(oneOf = {UserFeed.Snapshot.class, DownloadView.class, UserFeed.Moved.class})))
    public void follow(@Suspended AsyncResponse answer) throws IOException {
        hub.followEverybody(request.getContextPath() + "/api/v1/downloads", Reader.ofAll(Caller.of(request)), new Connection(response, answer));
    }
}
