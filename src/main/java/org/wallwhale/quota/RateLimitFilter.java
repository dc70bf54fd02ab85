package org.wallwhale.quota;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.wallwhale.access.Caller;
import org.wallwhale.metrics.Call;
import org.wallwhale.problem.Problem;

/**
 * Counts every call of somebody known against their limits, and tells what is left in the headers of the answer, whatever it is
 * (draft-ietf-httpapi-ratelimit-headers-11, and the older {@code X-RateLimit-…}). TOO_MANY_REQUESTS when nothing is left. While
 * the counters cannot be reached, calls that only read pass uncounted, and all others are UNAVAILABLE.
 */
@Provider
@Priority(Priorities.AUTHENTICATION + 100)
public class RateLimitFilter implements ContainerRequestFilter {
    private static final Logger LOG = System.getLogger(RateLimitFilter.class.getName());
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private final AtomicBoolean failing = new AtomicBoolean();
    @Inject
    private RequestLimits limits;
    @Inject
    private QuotaMetrics metrics;

    @Override
    public void filter(ContainerRequestContext call) {
        if (!(call.getProperty(Caller.class.getName()) instanceof Caller caller)) {
            return;
        }
        List<Standing> standings = take(caller, call.getMethod());
        if (standings.isEmpty()) {
            return;
        }
        tell(standings, Call.responseTo(call::getProperty));
        Standing last = standings.get(standings.size() - 1);
        if (!last.granted()) {
            throw Problem.TOO_MANY_REQUESTS.overLimit("No more than " + last.share().limit() + " requests are allowed "
                    + span(last.share().policy()) + " (UTC); go on in " + last.secondsToReset() + " s.",
                    List.of(last.share().name()), last.secondsToReset());
        }
    }

    private List<Standing> take(Caller caller, String method) {
        try {
            List<Standing> standings = limits.take(caller);
            failing.set(false);
            return standings;
        } catch (RuntimeException e) {
            LOG.log(failing.getAndSet(true) ? Level.DEBUG : Level.WARNING, "Requests cannot be counted until further notice.", e);
            if (READING.contains(method)) {
                metrics.countUncounted();
                return List.of();
            }
            throw Problem.UNAVAILABLE.because("The limits cannot be looked up right now; try again shortly.");
        }
    }

    private static void tell(List<Standing> standings, HttpServletResponse response) {
        response.setHeader("RateLimit-Policy", standings.stream().map(standing -> '"' + standing.share().name() + "\";q="
                + standing.share().limit() + ";w=" + standing.share().policy().seconds()).collect(Collectors.joining(", ")));
        response.setHeader("RateLimit", standings.stream().map(standing -> '"' + standing.share().name() + "\";r="
                + standing.left() + ";t=" + standing.secondsToReset()).collect(Collectors.joining(", ")));
        Standing tightest = standings.stream().min(Comparator.comparingLong(Standing::left)).orElseThrow();
        response.setHeader("X-RateLimit-Limit", String.valueOf(tightest.share().limit()));
        response.setHeader("X-RateLimit-Remaining", String.valueOf(tightest.left()));
        response.setHeader("X-RateLimit-Reset", String.valueOf(Clock.systemUTC().instant().getEpochSecond() + tightest.secondsToReset()));
    }

    private static String span(Policy policy) {
        return switch (policy) {
            case MINUTE -> "a minute";
            case DAILY, DOWNLOADS_DAILY -> "a day";
            case MONTHLY, DOWNLOADS_MONTHLY -> "a month";
        };
    }
}
