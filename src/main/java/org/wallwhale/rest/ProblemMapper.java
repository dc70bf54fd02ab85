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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/**
 * Turns whatever was thrown into a problem, and logs once what the server itself is to blame for. Leaves the {@link Problem} as
 * a request attribute, for those who count.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());
    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final AtomicLong TOLD_AT = new AtomicLong(System.nanoTime() - TELL_NANOS);

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

    /** While something that all need is not there, each request says the same: one a minute is told. */
    private static void log(Faults faults, String requestId, Throwable thrown) {
        long told = TOLD_AT.get();
        long now = System.nanoTime();
        if (faults.expected()) {
            LOG.log(Level.DEBUG, "Request " + requestId + " was refused", thrown);
        } else if (faults.problem() != Problem.UNAVAILABLE || now - told >= TELL_NANOS && TOLD_AT.compareAndSet(told, now)) {
            LOG.log(Level.ERROR, "Request " + requestId + " failed", thrown);
        } else {
            LOG.log(Level.DEBUG, "Request " + requestId + " failed as others did in this minute", thrown);
        }
    }

    /** RFC 6750, section 3: without an error where no credential was sent, or where the body held the wrong one. */
    static String challenge(HttpServletRequest request, Throwable thrown) {
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
