package org.wallwhale.download;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.problem.Parameter;

/** Lists of downloads that were submitted at once. */
@Path("/batches")
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
    @Operation(operationId = "listBatches", summary = "A page of the caller's batches, newest first",
            description = "Each with the number of its lines, and its downloads counted by their present status.")
    public BatchList list(@QueryParam("limit") String limit, @QueryParam("offset") String offset) {
        return batches.list(Parameter.number("limit", limit, 50, 1, 200), Parameter.number("offset", offset, 0, 0, 1_000_000),
                Caller.of(request));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "getBatch", summary = "What became of each line of a batch",
            description = "Each line with the present status of its download.")
    public BatchView get(@PathParam("id") UUID id) {
        return batches.get(id, Caller.of(request)).linked(request.getContextPath() + "/api/v1/batches");
    }
}
