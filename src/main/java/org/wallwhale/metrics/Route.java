package org.wallwhale.metrics;

import java.util.Set;
import java.util.function.Function;

/**
 * What took a request; there are as many as the API has addresses, and a few more.
 *
 * @param template below the API's root as in its document, such as {@code /downloads/{id}}; {@code other} outside of it
 * @param label below the context root, such as {@code /api/v1/downloads/{id}} or {@code /metrics}; {@code other} for whatever is
 *        no known address
 */
public record Route(String template, String label) {
    private static final String NONE = "other";
    private static final Route OTHER = new Route(NONE, NONE);
    private static final Set<String> OPERATIONS = Set.of("/health", "/health/live", "/health/ready", "/health/started", "/metrics",
            "/openapi", "/docs", "/status", "/");

    static Route ofApi(String template) {
        return new Route(template, "/api/v1" + template);
    }

    /** Of a request that no address of the API took. */
    static Route outsideTheApi(String path) {
        return OPERATIONS.contains(path) ? new Route(NONE, path) : OTHER;
    }

    /** Once a resource is found that takes the request; {@code other} before. */
    public static Route of(Function<String, Object> attribute) {
        return attribute.apply(Call.class.getName()) instanceof Call call && call.route() != null ? call.route() : OTHER;
    }
}
