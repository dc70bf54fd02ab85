package org.wallwhale.rest;

import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/**
 * Gives every resource method two checks, equal on every server: the scopes of its {@code @RolesAllowed}, and that no unknown
 * query parameter is sent; {@code **} is any valid credential. A refused caller is told what the authentication left as the
 * request attribute {@code ProblemException}, if it did. A method that declares neither {@code @RolesAllowed} nor {@code @PermitAll} is refused to everybody.
 * Payara's own role filter is switched off in {@code payara-web.xml}: it would authenticate each call a second time.
 */
@Provider
public class StrictFeature implements DynamicFeature {
    /**
     * The request attribute with the scopes of a caller who is known, a set of their names. The container knows them as roles, but
     * works out anew for each question who has which.
     */
    public static final String SCOPES = StrictFeature.class.getName() + ".scopes";
    /** As Jakarta Security spells it. */
    private static final String ANY = "**";

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        if (!method.isAnnotationPresent(PermitAll.class)) {
            RolesAllowed roles = method.isAnnotationPresent(RolesAllowed.class) ? method.getAnnotation(RolesAllowed.class)
                    : resource.getResourceClass().getAnnotation(RolesAllowed.class);
            context.register(new ScopeCheck(roles == null ? List.of() : List.of(roles.value())));
        }
        context.register(new ParameterCheck(Stream.of(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(QueryParam.class))
                .map((Parameter parameter) -> parameter.getAnnotation(QueryParam.class).value())
                .collect(Collectors.toUnmodifiableSet())));
    }

    @Priority(Priorities.AUTHORIZATION)
    record ScopeCheck(List<String> scopes) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            if (!(request.getProperty(SCOPES) instanceof Set<?> held)) {
                throw refusal(request).orElseGet(() -> Problem.UNAUTHENTICATED.because(
                        "This needs a credential: send an access token (Authorization: Bearer …) or an API key (X-API-Key: …)."));
            }
            if (!scopes.contains(ANY) && scopes.stream().noneMatch(held::contains)) {
                throw refusal(request).orElseGet(() -> Problem.FORBIDDEN.because(scopes.isEmpty() ? "Nobody may do this."
                        : "This needs the scope " + String.join(" or ", scopes) + ", which these credentials do not have."));
            }
        }

        private static Optional<ProblemException> refusal(ContainerRequestContext request) {
            return Optional.ofNullable((ProblemException) request.getProperty(ProblemException.class.getName()));
        }
    }

    @Priority(Priorities.USER)
    record ParameterCheck(Set<String> known) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            request.getUriInfo().getQueryParameters().forEach((name, values) -> {
                if (!known.contains(name)) {
                    throw Problem.INVALID.because("There is no query parameter named \"" + name + "\" here; known are: "
                            + (known.isEmpty() ? "none" : known.stream().sorted().collect(Collectors.joining(", "))) + ".");
                }
                if (values.size() > 1 || values.get(0).indexOf('\0') >= 0) {
                    throw Problem.INVALID.because("The query parameter \"" + name + "\" must be given once and without U+0000.");
                }
            });
        }

        @Override
        public String toString() {
            return "ParameterCheck" + Arrays.toString(known.toArray());
        }
    }
}
