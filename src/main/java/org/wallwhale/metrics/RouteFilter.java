package org.wallwhale.metrics;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Notes which resource takes a request, before anything can refuse it there. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class RouteFilter implements ContainerRequestFilter {
    private final Map<Method, Route> routes = new ConcurrentHashMap<>();
    @Context
    private HttpServletRequest request;
    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext call) {
        Call.of(request).takenBy(routes.computeIfAbsent(resource.getResourceMethod(), method -> Route.ofApi(
                path(Stream.<Class<?>>iterate(resource.getResourceClass(), type -> type != null, Class::getSuperclass)
                        .filter(type -> type.isAnnotationPresent(Path.class)).findFirst().orElseThrow()) + path(method))));
    }

    /** Without the patterns of its variables. */
    private static String path(AnnotatedElement annotated) {
        return Optional.ofNullable(annotated.getAnnotation(Path.class)).map(Path::value).orElse("")
                .replaceAll("\\{(\\w+)\\s*:[^}]*}", "{$1}");
    }
}
