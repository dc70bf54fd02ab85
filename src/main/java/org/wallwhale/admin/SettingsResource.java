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
import org.wallwhale.config.EffectiveSettings;

/** What this instance was started with, for administrators. */
@Path("/admin/settings")
@ApplicationScoped
@Tag(name = "Operation")
@Produces(MediaType.APPLICATION_JSON)
public class SettingsResource {
    @Inject
    private EffectiveSettings settings;

    @GET
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "listSettings", summary = "All settings of this instance: their values, defaults, and where each comes from",
            description = "Without secrets: passwords and keys are `***`, and so are credentials in addresses.")
    public SettingList list() {
        return new SettingList(settings.all());
    }
}
