package org.wallwhale.download;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;

/** The runs of a download. */
@Path("/downloads/{id}/attempts")
@ApplicationScoped
@Tag(name = "Downloads")
@Produces(MediaType.APPLICATION_JSON)
public class AttemptsResource {
    @Inject
    private DownloadLogService log;
    @Context
    private HttpServletRequest request;

    @GET
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "listAttempts", summary = "The runs of a download: when, where, how far, and how each ended",
            description = "Oldest first. Each of its numbers is an `attempt` of `/downloads/{id}/logs`.")
    public AttemptList list(@PathParam("id") UUID id) {
        return log.attempts(id, Caller.of(request));
    }
}
