package org.wallwhale.problem;

import java.util.List;
import java.util.Optional;

/** A request that ends with a {@link Problem}. Thrown once, where it is noticed; answered and logged once, in {@code rest}. */
public final class ProblemException extends RuntimeException {
    private final Problem problem;
    private final String pointer;
    private final OverLimit overLimit;

    /**
     * What was violated, and when it is worth coming back.
     *
     * @param policies the names that {@code RateLimit-Policy} gives them
     */
    public record OverLimit(List<String> policies, long retryAfterSeconds) {
    }

    ProblemException(Problem problem, String detail, String pointer, OverLimit overLimit) {
        super(detail);
        this.problem = problem;
        this.pointer = pointer;
        this.overLimit = overLimit;
    }

    public Problem problem() {
        return problem;
    }

    /** Of a TOO_MANY_REQUESTS. */
    public Optional<OverLimit> overLimit() {
        return Optional.ofNullable(overLimit);
    }

    /** The member of the request body that is at fault, as a JSON pointer. */
    public Optional<String> pointer() {
        return Optional.ofNullable(pointer);
    }
}
