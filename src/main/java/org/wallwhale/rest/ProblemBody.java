package org.wallwhale.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import org.wallwhale.problem.Problem;

/**
 * A problem on the wire (RFC 9457).
 *
 * @param instance the request id, as in {@code X-Request-Id} and the server's log
 * @param message the same as {@code detail}: older clients read it
 * @param violatedPolicies of a 429, as the draft on RateLimit headers names them; left out elsewhere
 */
public record ProblemBody(String type, String title, int status, String detail, String instance, String code,
        List<Fault> errors, String message,
        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("violated-policies") List<String> violatedPolicies) {
    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded";

    /** A fault of one member; {@code pointer} is a JSON pointer (RFC 6901). */
    public record Fault(String pointer, String detail) {
    }

    static ProblemBody of(Problem problem, String detail, List<Fault> faults, String requestId) {
        String code = problem.name().toLowerCase(Locale.ROOT);
        return new ProblemBody("urn:wallwhale:problem:" + code.replace('_', '-'), problem.title(), problem.status(), detail,
                requestId, code, faults, detail, null);
    }

    /** draft-ietf-httpapi-ratelimit-headers-11, section 5. */
    ProblemBody violating(List<String> policies) {
        return new ProblemBody(QUOTA_EXCEEDED, title, status, detail, instance, code, errors, message, policies);
    }
}
