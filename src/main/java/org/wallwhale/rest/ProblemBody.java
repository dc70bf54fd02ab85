package org.wallwhale.rest;

import java.util.List;
import java.util.Locale;
import org.wallwhale.problem.Problem;

/**
 * A problem on the wire (RFC 9457).
 *
 * @param instance the request id, as in {@code X-Request-Id} and the server's log
 * @param message the same as {@code detail}: older clients read it
 */
public record ProblemBody(String type, String title, int status, String detail, String instance, String code,
        List<Fault> errors, String message) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A fault of one member; {@code pointer} is a JSON pointer (RFC 6901). */
    public record Fault(String pointer, String detail) {
    }

    static ProblemBody of(Problem problem, String detail, List<Fault> faults, String requestId) {
        String code = problem.name().toLowerCase(Locale.ROOT);
        return new ProblemBody("urn:wallwhale:problem:" + code.replace('_', '-'), problem.title(), problem.status(), detail,
                requestId, code, faults, detail);
    }
}
