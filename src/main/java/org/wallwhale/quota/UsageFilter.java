package org.wallwhale.quota;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
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

    @Override
    public void filter(ContainerRequestContext call) {
        tally(call, call.getMethod() + ' ' + Route.of(call::getProperty).template());
    }

    @Override
    public void filter(ContainerRequestContext call, ContainerResponseContext answer) {
        if (call.getProperty(TALLIED) == null) {
            tally(call, Use.OTHER);
        }
    }

    private void tally(ContainerRequestContext call, String endpoint) {
        if (call.getProperty(Caller.class.getName()) instanceof Caller caller) {
            call.setProperty(TALLIED, true);
            caller.keyId().ifPresent(key -> {
                tally.count(key, endpoint, Instant.now());
                metrics.countUse(key, endpoint);
            });
        }
    }
}
