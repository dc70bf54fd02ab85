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
import org.wallwhale.download.DownloadListService;
import org.wallwhale.download.FinishedService;
import org.wallwhale.steam.LoginBudget;
import org.wallwhale.steam.SteamMetrics;
import org.wallwhale.store.StoreMetrics;

/** What the server does and has done lately, for administrators. */
@Path("/admin/stats")
@ApplicationScoped
@Tag(name = "Operation")
@Produces(MediaType.APPLICATION_JSON)
public class StatsResource {
    @Inject
    private DownloadListService downloads;
    @Inject
    private FinishedService finished;
    @Inject
    private StoreMetrics store;
    @Inject
    private SteamMetrics steam;

    @GET
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "getStats", summary = "The queue, what finished within a day, the store, and what is left of logins",
            description = "Of all users. What finished, accounts and the store are as they were at the last look, a minute ago at most.")
    public StatsView get() {
        FinishedService.Lately lately = finished.lately();
        return new StatsView(downloads.countsOfEverybody(), lately.hours(), lately.reasons(), store.view(),
                steam.accounts().stream().map(LoginBudget::of).toList());
    }
}
