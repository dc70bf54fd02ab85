package org.wallwhale.access;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.enterprise.context.ApplicationScoped;
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
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.text.ParseException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;

/**
 * Has access tokens verified by the server's own MicroProfile JWT mechanism, which is a bean beside {@link Authentication}; our own
 * ones are verified here where that mechanism is configured for another issuer. Lets nobody in.
 */
@ApplicationScoped
class TokenVerifier {
    static final String BEARER = "Bearer ";
    @Inject
    private BeanManager beans;
    @Inject
    private IssuerConfig issuer;
    @Inject
    private TokenService own;
    private volatile HttpAuthenticationMechanism server;

    /** Empty for what is no token, and for one that is expired, forged, or not for us. {@code text} may come from anywhere in the request. */
    Optional<VerifiedToken> verify(String text, HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        Optional<SignedJWT> token = VerifiedToken.parse(text);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        if (issuer.issuer().isPresent() && VerifiedToken.saysItIsOurs(token.get())) {
            return ours(token.get());
        }
        Verification verification = new Verification(context, new BearerRequest(request, text));
        server().validateRequest(verification.getRequest(), response, verification);
        return verification.principal.flatMap(principal -> VerifiedToken.of(token.get(), principal, verification.groups, issuer));
    }

    /** The server itself can verify the tokens of one issuer only. */
    private Optional<VerifiedToken> ours(SignedJWT token) {
        try {
            JWTClaimsSet claims = token.getJWTClaimsSet();
            List<String> groups = claims.getStringListClaim("groups");
            return groups == null || claims.getSubject() == null || !own.isGood(token) ? Optional.empty()
                    : VerifiedToken.of(token, new CallerPrincipal(claims.getSubject()), Set.copyOf(groups), issuer);
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private HttpAuthenticationMechanism server() {
        if (server == null) {
            for (Bean<?> bean : beans.getBeans(HttpAuthenticationMechanism.class, Any.Literal.INSTANCE)) {
                if (bean.getBeanClass() != Authentication.class) {
                    server = (HttpAuthenticationMechanism) beans.getReference(bean, HttpAuthenticationMechanism.class,
                            beans.createCreationalContext(bean));
                }
            }
        }
        return server;
    }

    /** The token as the server's mechanism expects it, wherever it came from. */
    private static final class BearerRequest extends HttpServletRequestWrapper {
        private final String header;

        BearerRequest(HttpServletRequest request, String token) {
            super(request);
            header = BEARER + token;
        }

        @Override
        public String getHeader(String name) {
            return name.equalsIgnoreCase("Authorization") ? header : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase("Authorization") ? Collections.enumeration(Set.of(header)) : super.getHeaders(name);
        }
    }

    /** Lets the server verify the token and lets nobody in: that is for the caller's present state to decide. */
    private static final class Verification extends HttpMessageContextWrapper {
        private final HttpServletRequest request;
        /** Apart: Payara adds the token's principal before it notifies, and whoever is in the real subject counts as let in. */
        private final Subject subject = new Subject();
        private Optional<Principal> principal = Optional.empty();
        private Set<String> groups = Set.of();

        Verification(HttpMessageContext context, HttpServletRequest request) {
            super(context);
            this.request = request;
        }

        @Override
        public HttpServletRequest getRequest() {
            return request;
        }

        @Override
        public Subject getClientSubject() {
            return subject;
        }

        @Override
        public AuthenticationStatus responseUnauthorized() {
            return AuthenticationStatus.NOT_DONE;
        }

        @Override
        public AuthenticationStatus notifyContainerAboutLogin(CredentialValidationResult result) {
            return result.getStatus() == CredentialValidationResult.Status.VALID
                    ? notifyContainerAboutLogin(result.getCallerPrincipal(), result.getCallerGroups()) : AuthenticationStatus.NOT_DONE;
        }

        @Override
        public AuthenticationStatus notifyContainerAboutLogin(Principal verified, Set<String> itsGroups) {
            principal = Optional.of(verified);
            groups = itsGroups;
            return AuthenticationStatus.SUCCESS;
        }
    }
}
