package org.wallwhale.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.MeService;
import org.wallwhale.access.Scope;
import org.wallwhale.download.DownloadConfig;
import org.wallwhale.download.StorageService;
import org.wallwhale.quota.QuotaService;

/** The caller. */
@Path("/me")
@ApplicationScoped
@Tag(name = "Me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
    @Inject
    private MeService me;
    @Inject
    private QuotaService quota;
    @Inject
    private StorageService storage;
    @Inject
    private DownloadConfig config;
    @Context
    private HttpServletRequest request;

    @GET
    @RolesAllowed(Scope.ANY)
    @Operation(operationId = "getMe", summary = "Who is calling, what they may do, and how their limits stand",
            description = "Works with any credential, also while the password has to be changed.")
    public MeView get() {
        Caller caller = Caller.of(request);
        return MeView.of(me.get(caller), quota.usage(caller), storage.of(caller.userId()), config.isSandboxEnabled());
    }
}
