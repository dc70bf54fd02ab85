package org.wallwhale.problem;

import java.util.Optional;

/** A request that ends with a {@link Problem}. Thrown once, where it is noticed; answered and logged once, in {@code rest}. */
public final class ProblemException extends RuntimeException {
    private final Problem problem;
    private final String pointer;

    ProblemException(Problem problem, String detail, String pointer) {
        super(detail);
        this.problem = problem;
        this.pointer = pointer;
    }

    public Problem problem() {
        return problem;
    }

    /** The member of the request body that is at fault, as a JSON pointer. */
    public Optional<String> pointer() {
        return Optional.ofNullable(pointer);
    }
}
