package org.wallwhale.rest;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/**
 * Turns whatever was thrown into a problem, and logs once what the server itself is to blame for. Leaves the {@link Problem} as
 * a request attribute, for those who count.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    /** The request attribute with the challenge of an address that takes another credential than the API does. */
    public static final String CHALLENGE = ProblemMapper.class.getName() + ".challenge";
    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());
    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** When each kind of trouble was told last: the class of its first cause. */
    private static final ConcurrentMap<Class<?>, Long> TOLD_AT = new ConcurrentHashMap<>();

    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        Faults faults = Faults.of(thrown);
        String requestId = RequestId.of(request);
        log(faults, requestId, thrown);
        request.setAttribute(Problem.class.getName(), faults.problem());
        Response.ResponseBuilder answer = answer(faults, requestId);
        if (faults.problem() == Problem.UNAUTHENTICATED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, challenge(request, thrown));
        }
        if (thrown instanceof ProblemException problem && problem.overLimit().isPresent()) {
            ProblemException.OverLimit over = problem.overLimit().get();
            answer.header(HttpHeaders.RETRY_AFTER, over.retryAfterSeconds()).entity(
                    ProblemBody.of(problem.problem(), faults.detail(), faults.faults(), requestId).violating(over.policies()));
        }
        if (thrown instanceof NotAllowedException notAllowed) {
            answer.header(HttpHeaders.ALLOW, notAllowed.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        return answer.build();
    }

    private static void log(Faults faults, String requestId, Throwable thrown) {
        if (faults.expected()) {
            LOG.log(Level.DEBUG, "Request " + requestId + " was refused", thrown);
        } else if (faults.problem() != Problem.UNAVAILABLE || isToldNow(thrown, System.nanoTime())) {
            LOG.log(Level.ERROR, "Request " + requestId + " failed", thrown);
        } else {
            LOG.log(Level.DEBUG, "Request " + requestId + " failed as others did in this minute", thrown);
        }
    }

    /** While something that all need is not there, each request says the same: one a minute is told, for each root cause's class. */
    static boolean isToldNow(Throwable thrown, long now) {
        Throwable root = Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).reduce((one, next) -> next).orElseThrow();
        return TOLD_AT.compute(root.getClass(), (kind, told) -> told == null || now - told >= TELL_NANOS ? Long.valueOf(now) : told) == now;
    }

    /** RFC 6750, section 3: without an error where no credential was sent, or where the body held the wrong one. */
    static String challenge(HttpServletRequest request, Throwable thrown) {
        if (request.getAttribute(CHALLENGE) instanceof String other) {
            return other;
        }
        boolean refused = request.getAttribute(ProblemException.class.getName()) == thrown;
        return "Bearer realm=\"wallwhale\"" + (refused ? ", error=\"invalid_token\"" : "");
    }

    static Response.ResponseBuilder answer(Faults faults, String requestId) {
        Problem problem = faults.problem();
        Response.ResponseBuilder answer = Response.status(problem.status()).type(ProblemBody.MEDIA_TYPE)
                .entity(ProblemBody.of(problem, faults.detail(), faults.faults(), requestId));
        if (problem == Problem.UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, 5);
        }
        return answer;
    }
}
