package org.wallwhale.store;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.rest.Exchange;
import org.wallwhale.rest.ReprDigest;
import org.wallwhale.rest.Representation;
import org.wallwhale.rest.RestConfig;

/** The files of a finished download: the list, and each file by itself. */
@Path("/downloads/{id}/files")
@ApplicationScoped
@Tag(name = "Content")
@APIResponse(responseCode = "409", description = "There is no content: it is queued, running, failed or canceled")
@APIResponse(responseCode = "410", description = "The content was cleaned away; a retry fetches it again")
public class FilesResource {
    @Inject
    private ServedService content;
    @Inject
    private Transfers transfers;
    @Inject
    private RestConfig config;
    @Context
    private HttpServletRequest request;
    @Context
    private HttpServletResponse response;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "listFiles", summary = "The files of finished content",
            description = "In the order of their paths' bytes.")
    @APIResponseSchema(FileList.class)
    public FileList list(@PathParam("id") UUID id) {
        return FileList.of(content.find(id, Caller.of(request)).files());
    }

    @GET
    @Path("/{path: .+}")
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "getFile", summary = "One file, or a range of it",
            description = "The path as the list of files has it, each segment encoded by itself.")
    @APIResponse(responseCode = "200", description = "The file", content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM))
    public void get(@PathParam("id") UUID id, @PathParam("path") String path, @Suspended AsyncResponse answer)
            throws IOException {
        file(id, path).send(new Exchange(request, response, answer, config.stallAfter(), transfers.to(Caller.of(request))));
    }

    @HEAD
    @Path("/{path: .+}")
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "headFile", summary = "The headers of one file",
            description = "As GET, without the body.")
    @APIResponse(responseCode = "200", description = "The headers")
    public void head(@PathParam("id") UUID id, @PathParam("path") String path, @Suspended AsyncResponse answer)
            throws IOException {
        file(id, path).send(new Exchange(request, response, answer, config.stallAfter(), transfers.to(Caller.of(request))));
    }

    private Representation file(UUID id, String path) {
        // RESTEasy leaves a last slash out of the path, and no file has one
        String asked = request.getRequestURI().endsWith("/") ? path + "/" : path;
        Served served = content.find(id, asked, Caller.of(request));
        ContentFile file = served.files().get(0);
        return new Representation(path.substring(path.lastIndexOf('/') + 1), MediaType.APPLICATION_OCTET_STREAM, file.sizeBytes(),
                file.etag(), Optional.of(ReprDigest.ofSha256(HexFormat.of().parseHex(file.sha256()))),
                (from, to) -> ZipResource.opened(file.open(from, to, served::locate)));
    }
}
