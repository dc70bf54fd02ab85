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
import java.util.Locale;
import java.util.Set;
import org.wallwhale.rest.ProblemBody;

/** Puts every refusal on record: 401, 403 and 429. */
@Provider
@Priority(Priorities.USER)
public class RefusalFilter implements ContainerResponseFilter {
    /** The request attribute with what to put on record in the place of an address that nobody may read. */
    public static final String SUBJECT = RefusalFilter.class.getName() + ".subject";
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 429);
    @Inject
    private Refusals refusals;
    @Context
    private HttpServletRequest http;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (REFUSALS.contains(response.getStatus())) {
            String why = response.getEntity() instanceof ProblemBody problem ? problem.detail() : "";
            String subject = http.getAttribute(SUBJECT) instanceof String told ? told : request.getUriInfo().getPath();
            refusals.add(Actor.of(http), request.getMethod().toLowerCase(Locale.ROOT), subject, why, response.getStatus());
        }
    }
}
