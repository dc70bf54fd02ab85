package org.wallwhale.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * Takes a body that is not there for JSON, of which there is none. WildFly takes it for bytes of no type, which no method reads,
 * and answers 415 where the body may be absent (seen with WildFly 39.0.1).
 */
@Provider
@PreMatching
public class AbsentBodyFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.POST) && request.getLength() <= 0
                && request.getHeaderString(HttpHeaders.CONTENT_TYPE) == null && request.getHeaderString("Transfer-Encoding") == null) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }
}
