package org.wallwhale.audit;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import org.wallwhale.rest.ProblemBody;

/** Puts every refusal on record: 401, 403 and 429. A refusal stays one even if it cannot be recorded. */
@Provider
@Priority(Priorities.USER)
public class RefusalFilter implements ContainerResponseFilter {
    private static final Logger LOG = System.getLogger(RefusalFilter.class.getName());
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 429);
    @Inject
    private AuditService audit;
    @Context
    private HttpServletRequest http;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!REFUSALS.contains(response.getStatus())) {
            return;
        }
        String why = response.getEntity() instanceof ProblemBody problem ? problem.detail() : "";
        try {
            audit.refused(Actor.of(http), request.getMethod().toLowerCase(java.util.Locale.ROOT), request.getUriInfo().getPath(), why);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A refusal could not be put on record: " + response.getStatus() + " " + why, e);
        }
    }
}
