package org.wallwhale.quota;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.wallwhale.access.Caller;

/**
 * Tallies every call by an API key when it arrives, also one that is refused afterwards. Only what no endpoint took is met on
 * the way back.
 */
@Provider
@Priority(Priorities.AUTHENTICATION + 50)
public class UsageFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String TALLIED = UsageFilter.class.getName();
    private final Map<Method, String> templates = new ConcurrentHashMap<>();
    @Inject
    private UsageTally tally;
    @Context
    private HttpServletRequest request;
    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext call) {
        tally(call.getMethod() + ' ' + templates.computeIfAbsent(resource.getResourceMethod(),
                method -> path(Stream.<Class<?>>iterate(resource.getResourceClass(), type -> type != null, Class::getSuperclass)
                        .filter(type -> type.isAnnotationPresent(Path.class)).findFirst().orElseThrow()) + path(method)));
    }

    @Override
    public void filter(ContainerRequestContext call, ContainerResponseContext answer) {
        if (request.getAttribute(TALLIED) == null) {
            tally(Use.OTHER);
        }
    }

    private void tally(String endpoint) {
        if (request.getAttribute(Caller.class.getName()) instanceof Caller caller) {
            request.setAttribute(TALLIED, true);
            caller.keyId().ifPresent(key -> tally.count(key, endpoint, Instant.now()));
        }
    }

    /** Without the patterns of its variables. */
    private static String path(AnnotatedElement annotated) {
        return Optional.ofNullable(annotated.getAnnotation(Path.class)).map(Path::value).orElse("")
                .replaceAll("\\{(\\w+)\\s*:[^}]*}", "{$1}");
    }
}
