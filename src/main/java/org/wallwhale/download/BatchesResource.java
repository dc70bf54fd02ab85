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

/** Lists of downloads that were submitted at once. */
@Path("/batches/{id}")
@ApplicationScoped
@Tag(name = "Batches")
@Produces(MediaType.APPLICATION_JSON)
public class BatchesResource {
    @Inject
    private BatchService batches;
    @Context
    private HttpServletRequest request;

    @GET
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "getBatch", summary = "What became of each line of a batch",
            description = "Each line with the present status of its download.")
    public BatchView get(@PathParam("id") UUID id) {
        return batches.get(id, Caller.of(request)).linked(request.getContextPath() + "/api/v1/batches");
    }
}
