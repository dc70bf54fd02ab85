package org.wallwhale.problem;

import java.util.List;

/**
 * What can be wrong with a request, one constant per HTTP answer that clients may tell apart (RFC 9457). The lower-case
 * constant name is the wire's {@code code}.
 */
public enum Problem {
    MALFORMED(400, "The request is malformed"),
    INVALID(400, "The request is not valid"),
    UNAUTHENTICATED(401, "Authentication is needed"),
    FORBIDDEN(403, "This is not allowed"),
    PASSWORD_CHANGE_NEEDED(403, "The password must be changed first"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
    NOT_ACCEPTABLE(406, "No acceptable representation"),
    TOO_SLOW(408, "The request took too long"),
    CONFLICT(409, "This does not fit the present state"),
    GONE(410, "No longer there"),
    PRECONDITION_FAILED(412, "It has changed meanwhile"),
    TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "This content type is not supported"),
    RANGE_NOT_SATISFIABLE(416, "The range lies outside the content"),
    UNPROCESSABLE(422, "The request cannot be accepted"),
    STORAGE_QUOTA(422, "The storage is full"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL(500, "The server failed"),
    UNAVAILABLE(503, "The server cannot do this right now");

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    /** A short sentence that is the same for every occurrence. */
    public String title() {
        return title;
    }

    /** A problem with a sentence for people: what happened, on what, what to do. */
    public ProblemException because(String detail) {
        return new ProblemException(this, detail, null, null);
    }

    /** A problem of one member of the request body. {@code pointer} is a JSON pointer (RFC 6901), such as {@code /urlOrId}. */
    public ProblemException at(String pointer, String detail) {
        return new ProblemException(this, detail, pointer, null);
    }

    /** More than a limit allows: {@code policies} are its names as in {@code RateLimit-Policy}. */
    public ProblemException overLimit(String detail, List<String> policies, long retryAfterSeconds) {
        return new ProblemException(this, detail, null, new ProblemException.OverLimit(policies, retryAfterSeconds));
    }
}
