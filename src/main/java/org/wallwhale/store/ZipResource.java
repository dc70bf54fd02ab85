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
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.util.HexFormat;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.rest.Exchange;
import org.wallwhale.rest.OpenRange;
import org.wallwhale.rest.ReprDigest;
import org.wallwhale.rest.Representation;
import org.wallwhale.rest.RestConfig;

/** The content of a finished download as a zip that exists nowhere but on the wire. */
@Path("/downloads/{id}/zip")
@ApplicationScoped
@Tag(name = "Content")
@APIResponse(responseCode = "409", description = "There is no content: it is queued, running, failed or canceled")
@APIResponse(responseCode = "410", description = "The content was cleaned away; a retry fetches it again")
public class ZipResource {
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
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "getZip", summary = "Finished content as a zip, or a range of it",
            description = "Entries are stored without compression and in a fixed order: the same content always has the same bytes, "
                    + "so that any range can be resumed by its strong ETag. It is a view, never a second copy.")
    @APIResponse(responseCode = "200", description = "The zip", content = @Content(mediaType = "application/zip"))
    public void get(@PathParam("id") UUID id, @Suspended AsyncResponse answer) throws IOException {
        zip(content.take(id, Caller.of(request))).send(new Exchange(request, response, answer, config.stallAfter(), transfers.to(Caller.of(request))));
    }

    @HEAD
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "headZip", summary = "The headers of the zip",
            description = "As GET, without the body; it is not on record as a reading.")
    @APIResponse(responseCode = "200", description = "The headers")
    public void head(@PathParam("id") UUID id, @Suspended AsyncResponse answer) throws IOException {
        zip(content.find(id, Caller.of(request))).send(new Exchange(request, response, answer, config.stallAfter(), transfers.to(Caller.of(request))));
    }

    static Representation zip(Served served) {
        StoredZip zip = new StoredZip(served);
        return representation(zip, (from, to) -> opened(zip.open(from, to)));
    }

    /** What is told of a zip, with the bytes that {@code body} has. */
    public static Representation representation(StoredZip zip, Representation.Body body) {
        return new Representation(zip.name(), "application/zip", zip.length(), zip.etag(),
                zip.sha256().map(sha256 -> ReprDigest.ofSha256(HexFormat.of().parseHex(sha256))), body);
    }

    static OpenRange opened(RangeInput range) {
        return new OpenRange(range, range::sendTo);
    }
}
