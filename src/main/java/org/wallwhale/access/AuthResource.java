package org.wallwhale.access;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.wallwhale.audit.Actor;
import org.wallwhale.secret.Secret;

/** Logging in. */
@Path("/auth")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AuthResource {
    @Inject
    private AuthService auth;
    @Context
    private HttpServletRequest request;

    @POST
    @Path("/login")
    @PermitAll
    public LoginView login(@NotNull(message = "The body is missing") @Valid Login login) {
        return auth.login(login.email(), Secret.of(login.password()), Actor.of(request));
    }
}
