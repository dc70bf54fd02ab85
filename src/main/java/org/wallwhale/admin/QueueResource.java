package org.wallwhale.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.download.QueueService;

/** Whether downloads are started at all. */
@Path("/admin/queue")
@ApplicationScoped
@Tag(name = "Operation")
@Produces(MediaType.APPLICATION_JSON)
public class QueueResource {
    @Inject
    private QueueService queue;
    @Context
    private HttpServletRequest request;

    @GET
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "getQueue", summary = "Whether downloads are started",
            description = "On all instances.")
    public QueueView get() {
        return new QueueView(queue.isPaused());
    }

    @POST
    @Path("/pause")
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "pauseQueue", summary = "Starts no more downloads on any instance; running ones go on",
            description = "Holds for all instances and over restarts, until it is resumed.")
    public QueueView pause() {
        queue.pause(Caller.of(request));
        return new QueueView(true);
    }

    @POST
    @Path("/resume")
    @RolesAllowed(Scope.ADMIN_WRITE)
    @Operation(operationId = "resumeQueue", summary = "Starts downloads again",
            description = "Waiting downloads start as their limits allow.")
    public QueueView resume() {
        queue.resume(Caller.of(request));
        return new QueueView(false);
    }
}
