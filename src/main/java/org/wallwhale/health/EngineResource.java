package org.wallwhale.health;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Scope;
import org.wallwhale.download.DownloadConfig;

/** The DepotDownloader of this instance, for administrators. */
@Path("/admin/engine")
@ApplicationScoped
@Tag(name = "Operation")
@Produces(MediaType.APPLICATION_JSON)
public class EngineResource {
    @Inject
    private EngineCheck engine;
    @Inject
    private DownloadConfig config;

    @GET
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "getEngine", summary = "Whether this instance has a DepotDownloader that works, and what to do if not",
            description = "As it was at the last look, a minute ago at most; whether its file is there, as it is now.")
    public EngineView get() {
        return engine.view(config.isSandboxEnabled());
    }
}
