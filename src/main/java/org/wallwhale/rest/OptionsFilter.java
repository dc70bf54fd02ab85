package org.wallwhale.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import java.util.TreeSet;

/**
 * Answers OPTIONS with 204 and the methods that exist at the address (RFC 9110, section 9.3.7), and completes the Allow header of
 * every 405. Servers answer OPTIONS each in their own way, some with a description of the application; but all of them refuse a
 * method that no address has with the same list, so OPTIONS is asked as one.
 */
@Provider
@PreMatching
public class OptionsFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String NO_METHOD = "WALLWHALE-OPTIONS";

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            request.setMethod(NO_METHOD);
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() != 405) {
            return;
        }
        response.getHeaders().putSingle(HttpHeaders.ALLOW, allow(response.getAllowedMethods()));
        if (request.getMethod().equals(NO_METHOD)) {
            response.setStatus(204);
            response.setEntity(null);
            response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
        }
    }

    private static String allow(Set<String> found) {
        Set<String> methods = new TreeSet<>(found);
        methods.add(HttpMethod.OPTIONS);
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        return String.join(", ", methods);
    }
}
