package org.wallwhale.store;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.HexFormat;
import java.util.UUID;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.rest.ReprDigest;
import org.wallwhale.rest.Representation;

/** The content of a finished download as a zip that exists nowhere but on the wire. */
@Path("/downloads/{id}/zip")
@ApplicationScoped
public class ZipResource {
    @Inject
    private StoreService store;
    @Context
    private HttpServletRequest request;

    @GET
    @RolesAllowed(Scope.DOWNLOAD_READ)
    public Response get(@PathParam("id") UUID id) {
        return zip(id).answer(request);
    }

    @HEAD
    @RolesAllowed(Scope.DOWNLOAD_READ)
    public Response head(@PathParam("id") UUID id) {
        return zip(id).answer(request);
    }

    private Representation zip(UUID id) {
        Served served = store.find(id, Caller.of(request));
        ZipView zip = new ZipView(served.files());
        return new Representation(served.pubfileId() + ".zip", "application/zip", zip.length(), zip.etag(),
                served.zipSha256().map(sha256 -> ReprDigest.ofSha256(HexFormat.of().parseHex(sha256))),
                (from, to, out) -> zip.write(from, to, served.root(), out));
    }
}
