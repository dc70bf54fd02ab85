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

/** The downloads that a collection consists of. */
@Path("/downloads/{id}/children")
@ApplicationScoped
@Tag(name = "Downloads")
@Produces(MediaType.APPLICATION_JSON)
public class CollectionItemsResource {
    @Inject
    private DownloadListService list;
    @Context
    private HttpServletRequest request;

    @GET
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "listChildren", summary = "A page of a collection's items; empty for an item",
            description = "Oldest first.")
    public DownloadList list(@PathParam("id") UUID id, @QueryParam("limit") String limit, @QueryParam("offset") String offset,
            @QueryParam("after") String after, @QueryParam("status") String status) {
        DownloadQuery query = DownloadQuery.of(limit, offset, after, status, null, null, "createdAt").partsOf(id);
        DownloadList found = list.findParts(id, query, Caller.of(request));
        String downloads = request.getContextPath() + "/api/v1/downloads";
        return new DownloadList(found.downloads().stream().map(download -> download.linked(downloads)).toList(), found.pagination());
    }
}
