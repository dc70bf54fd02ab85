package org.wallwhale.rest;

import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionalException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.rest.ProblemBody.Fault;

/**
 * What a thrown exception means for the client.
 *
 * @param expected false when the server itself is at fault and the log needs the whole exception
 */
record Faults(Problem problem, String detail, List<Fault> faults, boolean expected) {
    /** EclipseLink's, for which there need not be a reason of the driver's. */
    private static final String WITHOUT_CONNECTION = "org.eclipse.persistence.exceptions.DatabaseException";

    static Faults of(Throwable thrown) {
        if (thrown instanceof ProblemException e) {
            return new Faults(e.problem(), e.getMessage(),
                    e.pointer().map(pointer -> List.of(new Fault(pointer, e.getMessage()))).orElse(List.of()), e.getCause() == null);
        }
        if (thrown instanceof ConstraintViolationException e) {
            return violations(e);
        }
        if (thrown instanceof WebApplicationException e) {
            return e.getCause() instanceof ProblemException inner ? of(inner) : ofStatus(e.getResponse().getStatus());
        }
        Throwable cause = thrown.getCause();
        if (cause != null && (thrown instanceof ProcessingException || cause instanceof ProblemException
                || thrown instanceof TransactionalException || thrown instanceof RollbackException)) {
            return of(cause);
        }
        return isOfDatabase(thrown) && !isOurDoing(thrown)
                ? new Faults(Problem.UNAVAILABLE, "The database does not answer as it should; try again shortly.", List.of(), false)
                : failed();
    }

    /**
     * By its causes, too: servers and providers wrap what the database said. Whoever names no database is not one, such as a
     * transaction that our own code spoilt.
     */
    private static boolean isOfDatabase(Throwable thrown) {
        return causes(thrown).anyMatch(cause -> cause instanceof SQLException || cause instanceof XAException
                || cause.getClass().getName().equals(WITHOUT_CONNECTION));
    }

    /** The database is well and refuses what it was told: SQL state classes 22 (data), 23 (constraint) and 42 (syntax). */
    private static boolean isOurDoing(Throwable thrown) {
        return causes(thrown).anyMatch(cause -> cause instanceof SQLException sql
                && sql.getSQLState() != null && sql.getSQLState().matches("(22|23|42).*"));
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
    }

    private static Faults failed() {
        return new Faults(Problem.INTERNAL, "The server failed on this request. Its log holds the cause under the request id.",
                List.of(), false);
    }

    static Faults ofStatus(int status) {
        return switch (status) {
            case 400 -> expected(Problem.MALFORMED, "The request could not be read: its address, a header or its body is malformed.");
            case 401 -> expected(Problem.UNAUTHENTICATED, "Send a valid access token or API key.");
            case 403 -> expected(Problem.FORBIDDEN, "These credentials may not do this.");
            case 404 -> expected(Problem.NOT_FOUND, "There is nothing at this address.");
            case 405, 501 -> expected(Problem.METHOD_NOT_ALLOWED,
                    "This address does not know this method; see the Allow header.");
            case 406 -> expected(Problem.NOT_ACCEPTABLE, "This address cannot answer in a type that the Accept header allows.");
            case 408 -> expected(Problem.TOO_SLOW, "The body did not arrive in time; send the request again.");
            case 413 -> expected(Problem.TOO_LARGE, "The body is larger than 256 KiB.");
            case 415 -> expected(Problem.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json, not compressed.");
            case 416 -> expected(Problem.RANGE_NOT_SATISFIABLE, "The range begins beyond the end of the content.");
            case 503 -> expected(Problem.UNAVAILABLE, "The server cannot do this right now; try again shortly.");
            default -> status >= 400 && status < 500
                    ? expected(Problem.MALFORMED, "The request could not be understood.")
                    : failed();
        };
    }

    private static Faults expected(Problem problem, String detail) {
        return new Faults(problem, detail, List.of(), true);
    }

    private static Faults violations(ConstraintViolationException e) {
        List<Fault> faults = e.getConstraintViolations().stream()
                .map(violation -> new Fault(pointer(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Fault::pointer).thenComparing(Fault::detail))
                .toList();
        String detail = faults.isEmpty() ? "The request is not valid." : faults.get(0).detail();
        return new Faults(Problem.INVALID, detail, faults, true);
    }

    /** The client knows neither the method and its parameter, with which the path starts, nor what is unwrapped in the body. */
    private static String pointer(ConstraintViolation<?> violation) {
        StringBuilder pointer = new StringBuilder();
        Object body = violation.getRootBean();
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PARAMETER) {
                body = violation.getExecutableParameters()[node.as(Path.ParameterNode.class).getParameterIndex()];
            }
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            }
            if (node.getKind() == ElementKind.PROPERTY && !(pointer.isEmpty() && Unwrapping.isUnwrapped(body.getClass(), node.getName()))) {
                pointer.append('/').append(node.getName());
            }
        }
        return pointer.toString();
    }
}
