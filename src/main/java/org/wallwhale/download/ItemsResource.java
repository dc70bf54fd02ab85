package org.wallwhale.download;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;

/** What items are, before they are downloaded. */
@Path("/items")
@ApplicationScoped
@Tag(name = "Downloads")
@Produces(MediaType.APPLICATION_JSON)
public class ItemsResource {
    @Inject
    private ItemLookup lookup;
    @Context
    private HttpServletRequest request;

    @POST
    @Path("/lookup")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.DOWNLOAD_READ)
    @Operation(operationId = "lookUpItems", summary = "Says what ids and addresses stand for, asking Steam for at most three seconds",
            description = "Lines that Steam does not answer for in time are `unknown`; ids that stand for the same item name the "
                    + "first line of it.")
    public LookedUpItems lookUp(@NotNull(message = "The body is missing") @Valid LookUpItems body) {
        return lookup.of(body.urlOrIds(), Caller.of(request));
    }
}
