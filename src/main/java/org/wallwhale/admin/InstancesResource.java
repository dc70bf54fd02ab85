package org.wallwhale.admin;

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
import org.wallwhale.cluster.MembershipService;

/** The servers that share this database. */
@Path("/admin/instances")
@ApplicationScoped
@Tag(name = "Operation")
@Produces(MediaType.APPLICATION_JSON)
public class InstancesResource {
    @Inject
    private MembershipService members;

    @GET
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "listInstances", summary = "The instances of this server, those that ended within a day without a clean stop included",
            description = "An instance that was not heard of for 15 seconds is not `alive`.")
    public InstanceList list() {
        return new InstanceList(members.all());
    }
}
