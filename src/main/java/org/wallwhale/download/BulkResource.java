package org.wallwhale.download;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;

/** The same with many downloads. */
@Path("/downloads/bulk")
@ApplicationScoped
@Tag(name = "Downloads")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class BulkResource {
    @Inject
    private BulkService bulk;
    @Context
    private HttpServletRequest request;

    @POST
    @RolesAllowed(Scope.DOWNLOAD_WRITE)
    @Operation(operationId = "changeDownloads", summary = "Cancels, retries or deletes many downloads, and tells what became of each",
            description = "Each by itself: one that is refused hinders no other. What is not done within 20 seconds, or because the "
                    + "database failed, is refused with the code `unavailable`. To cancel and to delete may be sent again without harm.")
    @APIResponseSchema(ChangedDownloads.class)
    public ChangedDownloads change(@NotNull(message = "The body is missing") @Valid ChangeDownloads wish) {
        String downloads = request.getContextPath() + "/api/v1/downloads";
        return bulk.change(wish, Caller.of(request)).linked(downloads);
    }
}
