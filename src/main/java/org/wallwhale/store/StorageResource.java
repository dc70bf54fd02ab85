package org.wallwhale.store;

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

/** The store and its disk, for administrators. */
@Path("/admin/storage")
@ApplicationScoped
@Tag(name = "Operation")
@Produces(MediaType.APPLICATION_JSON)
public class StorageResource {
    @Inject
    private StoreMetrics store;

    @GET
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "getStorage", summary = "How full the store is, and its disk",
            description = "Of all users together. What one of them keeps stands in `/me`.")
    public StoreView get() {
        return store.view();
    }
}
