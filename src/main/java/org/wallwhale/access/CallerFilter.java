package org.wallwhale.access;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;

/**
 * Lets JAX-RS ask the caller itself for scopes. The container cannot be asked: once a request was dispatched, as those are whose
 * body was waited for, Payara 6.2025.10 still knows the principal and no longer its roles.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class CallerFilter implements ContainerRequestFilter {
    @Context
    private HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext call) {
        if (request.getAttribute(Caller.class.getName()) instanceof Caller caller) {
            call.setSecurityContext(new Scopes(caller, call.getSecurityContext()));
        }
    }

    private record Scopes(Caller caller, SecurityContext container) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return container.getUserPrincipal();
        }

        @Override
        public boolean isUserInRole(String role) {
            return caller.scopes().contains(role);
        }

        @Override
        public boolean isSecure() {
            return container.isSecure();
        }

        @Override
        public String getAuthenticationScheme() {
            return container.getAuthenticationScheme();
        }
    }
}
