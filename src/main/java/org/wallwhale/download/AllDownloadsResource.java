package org.wallwhale.download;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;

/** Everybody's downloads, for administrators. One by one they are at {@code /downloads/{id}}, as their owners' are. */
@Path("/admin/downloads")
@ApplicationScoped
@Tag(name = "Downloads")
@Produces(MediaType.APPLICATION_JSON)
public class AllDownloadsResource {
    @Inject
    private DownloadListService list;
    @Context
    private HttpServletRequest request;
    @Context
    private UriInfo uri;

    @GET
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "listAllDownloads", summary = "A page of everybody's downloads",
            description = "As `GET /downloads`, of all users or of the one that `userId` names. `q` looks at each of them, which takes "
                    + "a second for some hundred thousand.")
    @APIResponse(responseCode = "200", description = "The page", content = @Content(schema = @Schema(implementation = DownloadList.class)),
            headers = @Header(name = "Link", ref = "Link"))
    public Response list(@QueryParam("limit") String limit, @QueryParam("offset") String offset, @QueryParam("after") String after,
            @QueryParam("status") String status, @QueryParam("needsInput") String needsInput, @QueryParam("pubfileId") String pubfileId,
            @QueryParam("q") String text, @QueryParam("sort") String sort, @QueryParam("userId") String userId) {
        DownloadQuery query = DownloadQuery.of(limit, offset, after, status, pubfileId, text, sort).asking(needsInput).everybodys(userId);
        return DownloadsResource.page(list.find(query, Caller.of(request)), request, uri);
    }

    @GET
    @Path("/counts")
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "countAllDownloads", summary = "How many downloads there are of each kind, of all users",
            description = "As `GET /downloads/counts`.")
    public DownloadCounts count() {
        return list.countsOfEverybody();
    }
}
