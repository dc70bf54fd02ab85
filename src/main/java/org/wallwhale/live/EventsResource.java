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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.problem.Problem;

/** All downloads of the caller as JSON events: a snapshot on each connect, then every change and progress. */
@Path("/events")
@ApplicationScoped
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
    @Operation(operationId = "followDownloads", summary = "The events of all downloads of the caller, live")
    @APIResponse(responseCode = "200", description = "Server-sent events", content = @Content(mediaType = Connection.EVENT_STREAM))
    public void follow(@Suspended AsyncResponse answer) throws IOException {
        Caller caller = Caller.of(request);
        if (caller.sandboxOnly()) {
            throw Problem.FORBIDDEN.because("A key of kind test cannot follow all downloads; follow one by /downloads/{id}/events.");
        }
        hub.followAll(request.getContextPath() + "/api/v1/downloads", Reader.ofAll(caller), new Connection(response, answer));
    }
}
