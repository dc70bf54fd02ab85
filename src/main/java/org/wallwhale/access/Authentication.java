package org.wallwhale.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContextWrapper;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/**
 * Lets API keys in by itself and leaves every other bearer token to the server's own MicroProfile JWT mechanism. It never
 * refuses: a request without a valid credential stays anonymous, and the scope check of the resource answers 401, with the
 * sentence left for it here. That keeps open addresses open and makes every refusal one kind of problem. Being an
 * {@code @Alternative} it wins over the server's mechanism bean (seen on Payara 6.2025.10 and WildFly 39).
 */
@ApplicationScoped
@Alternative
@Priority(100)
class Authentication implements HttpAuthenticationMechanism {
    private static final Logger LOG = System.getLogger(Authentication.class.getName());
    private static final String BEARER = "Bearer ";
    @Inject
    private BeanManager beans;
    @Inject
    private AccessService access;
    @Inject
    private ApiKeyService keys;
    private volatile HttpAuthenticationMechanism tokens;

    @Override
    public AuthenticationStatus validateRequest(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (!path.startsWith("/api/") && !path.startsWith("/v1/")) {
            return context.doNothing();
        }
        try {
            return authenticate(request, response, context);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A credential could not be looked up", e);
            request.setAttribute(ProblemException.class.getName(),
                    Problem.UNAVAILABLE.because("The server cannot tell right now whose credential this is; try again shortly."));
            return context.doNothing();
        }
    }

    private AuthenticationStatus authenticate(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        Optional<String> key = key(request);
        if (key.isPresent()) {
            return keys.callerOf(key.get()).map(caller -> letIn(caller, request, context)).orElseGet(() -> {
                refuse(request, "The API key is not valid: it is mistyped, revoked or expired, or its owner is deactivated.");
                return context.doNothing();
            });
        }
        if (bearer(request).isEmpty()) {
            return context.doNothing();
        }
        AuthenticationStatus status = tokens().validateRequest(request, response, new OurTerms(context));
        if (status != AuthenticationStatus.SUCCESS) {
            refuse(request, "The access token is expired or not valid; log in again.");
        }
        return status;
    }

    /** Leaves what an address that needs a credential will answer; an open one never looks. */
    private static void refuse(HttpServletRequest request, String sentence) {
        request.setAttribute(ProblemException.class.getName(), Problem.UNAUTHENTICATED.because(sentence));
    }

    private static AuthenticationStatus letIn(Caller caller, HttpServletRequest request, HttpMessageContext context) {
        caller.attachTo(request);
        return context.notifyContainerAboutLogin(new CallerPrincipal(caller.userId().toString()), caller.scopes());
    }

    private static Optional<String> key(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("X-API-Key"))
                .or(() -> bearer(request).filter(token -> token.startsWith("ww_")));
    }

    private static Optional<String> bearer(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(header -> header.substring(BEARER.length()).strip());
    }

    private HttpAuthenticationMechanism tokens() {
        if (tokens == null) {
            for (Bean<?> bean : beans.getBeans(HttpAuthenticationMechanism.class, Any.Literal.INSTANCE)) {
                if (bean.getBeanClass() != Authentication.class) {
                    tokens = (HttpAuthenticationMechanism) beans.getReference(bean, HttpAuthenticationMechanism.class,
                            beans.createCreationalContext(bean));
                }
            }
        }
        return tokens;
    }

    /** Lets the server verify the token, but says by itself whom it lets in: a deactivated user's token is worth nothing. */
    private final class OurTerms extends HttpMessageContextWrapper {
        private final Subject verified = new Subject();

        OurTerms(HttpMessageContext context) {
            super(context);
        }

        /** Apart: Payara adds the token's principal before it notifies, and whoever is in the real subject counts as let in. */
        @Override
        public Subject getClientSubject() {
            return verified;
        }

        @Override
        public AuthenticationStatus responseUnauthorized() {
            return super.doNothing();
        }

        @Override
        public AuthenticationStatus notifyContainerAboutLogin(CredentialValidationResult result) {
            return result.getStatus() == CredentialValidationResult.Status.VALID
                    ? notifyContainerAboutLogin(result.getCallerPrincipal(), result.getCallerGroups()) : super.doNothing();
        }

        @Override
        public AuthenticationStatus notifyContainerAboutLogin(Principal principal, Set<String> groups) {
            return Optional.of(principal).filter(JsonWebToken.class::isInstance).map(JsonWebToken.class::cast)
                    .flatMap(token -> access.callerOfToken(token.getSubject(), groups))
                    .map(caller -> {
                        caller.attachTo(getRequest());
                        super.getClientSubject().getPrincipals().addAll(verified.getPrincipals());
                        return super.notifyContainerAboutLogin(principal, caller.scopes());
                    }).orElseGet(super::doNothing);
        }
    }
}
