package org.wallwhale.quota;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.time.Instant;
import org.wallwhale.access.Caller;
import org.wallwhale.metrics.Route;

/**
 * Tallies every call by an API key when it arrives, also one that is refused afterwards. Only what no endpoint took is met on
 * the way back.
 */
@Provider
@Priority(Priorities.AUTHENTICATION + 50)
public class UsageFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String TALLIED = UsageFilter.class.getName();
    @Inject
    private UsageTally tally;
    @Inject
    private QuotaMetrics metrics;
    @Context
    private HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext call) {
        tally(call.getMethod() + ' ' + Route.of(request).template());
    }

    @Override
    public void filter(ContainerRequestContext call, ContainerResponseContext answer) {
        if (request.getAttribute(TALLIED) == null) {
            tally(Use.OTHER);
        }
    }

    private void tally(String endpoint) {
        if (request.getAttribute(Caller.class.getName()) instanceof Caller caller) {
            request.setAttribute(TALLIED, true);
            caller.keyId().ifPresent(key -> {
                tally.count(key, endpoint, Instant.now());
                metrics.countUse(key, endpoint);
            });
        }
    }
}
