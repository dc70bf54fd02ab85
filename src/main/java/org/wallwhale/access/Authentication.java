package org.wallwhale.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.wallwhale.audit.Actor;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.rest.RequestId;
import org.wallwhale.rest.StrictFeature;
import org.wallwhale.secret.Secret;

/**
 * Lets API keys in by itself and has every other token, from the header or from a page's cookie, verified by {@link TokenVerifier}.
 * It never refuses: a request without a valid credential stays anonymous, and the scope check of the resource answers 401, with the
 * sentence left for it here. That keeps open addresses open and makes every refusal one kind of problem. Being an
 * {@code @Alternative} it wins over the server's mechanism bean (seen on Payara 6.2025.10 and WildFly 39).
 */
@ApplicationScoped
@Alternative
@Priority(100)
class Authentication implements HttpAuthenticationMechanism {
    static final String ACCESS_COOKIE = "ww_access";
    static final String CSRF_HEADER = "X-CSRF-Token";
    static final String NO_CSRF_TOKEN = "A write with the cookie needs the header X-CSRF-Token with the csrfToken that the login and "
            + "every renewal answer.";
    private static final String SESSION = Session.class.getName();
    @Inject
    private AccessService access;
    @Inject
    private ApiKeyService keys;
    @Inject
    private CallerCache callers;
    @Inject
    private SessionSecrets secrets;
    @Inject
    private ClientAddress address;
    @Inject
    private TokenVerifier tokens;

    @Override
    public AuthenticationStatus validateRequest(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (!path.startsWith("/api/") && !path.startsWith("/v1/") && !MonitorFilter.guards(path) || !address.isAdmitted(request)) {
            return context.doNothing();
        }
        Actor stranger = Actor.stranger(address.of(request), RequestId.of(request));
        stranger.attachTo(request);
        try {
            return authenticate(request, response, context, stranger);
        } catch (ProblemException refusal) {
            request.setAttribute(ProblemException.class.getName(), refusal);
            return context.doNothing();
        } catch (RuntimeException e) {
            ProblemException unavailable = Problem.UNAVAILABLE.because("The server cannot tell right now whose credential this is; try again shortly.");
            unavailable.initCause(e);
            request.setAttribute(ProblemException.class.getName(), unavailable);
            return context.doNothing();
        }
    }

    private AuthenticationStatus authenticate(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context,
            Actor stranger) throws AuthenticationException {
        Optional<String> key = key(request);
        if (key.isPresent()) {
            // a wrong checksum is refused without a look-up
            return callers.caller(SessionSecrets.hash(Secret.of(key.get())), stranger,
                    () -> ApiKeyText.parse(key.get()).flatMap(text -> keys.callerOf(text, stranger)))
                    .map(caller -> letIn(caller, new CallerPrincipal(caller.userId().toString()), request, context))
                    .orElseGet(() -> refuse(Problem.UNAUTHENTICATED, "The API key is not valid: it is mistyped, revoked or expired, "
                            + "or its owner is deactivated.", request, context));
        }
        Optional<String> text = bearer(request).or(() -> cookie(request));
        if (text.isEmpty()) {
            return context.doNothing();
        }
        String hash = SessionSecrets.hash(Secret.of(text.get()));
        Optional<VerifiedToken> token = callers.token(hash);
        if (token.isEmpty()) {
            token = tokens.verify(text.get(), request, response, context);
            token.ifPresent(verified -> callers.add(hash, verified));
        }
        return token.map(verified -> admit(verified, hash, stranger, request, context)).orElseGet(() -> expired(request, context));
    }

    private AuthenticationStatus admit(VerifiedToken token, String hash, Actor stranger, HttpServletRequest request,
            HttpMessageContext context) {
        if (bearer(request).isEmpty() && isWrite(request)
                && token.session().filter(session -> secrets.isCsrfToken(request.getHeader(CSRF_HEADER), session)).isEmpty()) {
            return refuse(Problem.FORBIDDEN, NO_CSRF_TOKEN, request, context);
        }
        token.session().ifPresent(session -> request.setAttribute(SESSION, session));
        return callers.caller(hash, stranger, () -> access.callerOfToken(token, stranger))
                .map(caller -> letIn(caller, token.principal(), request, context)).orElseGet(() -> expired(request, context));
    }

    /** The session of the access token that was sent, even if it ended already. */
    static Optional<UUID> sessionOf(HttpServletRequest request) {
        return Optional.ofNullable((UUID) request.getAttribute(SESSION));
    }

    private static boolean isWrite(HttpServletRequest request) {
        return !Set.of("GET", "HEAD", "OPTIONS").contains(request.getMethod());
    }

    private static AuthenticationStatus expired(HttpServletRequest request, HttpMessageContext context) {
        return refuse(Problem.UNAUTHENTICATED, "The access token is expired or not valid; log in again.", request, context);
    }

    /** Leaves what an address that needs a credential will answer; an open one never looks. */
    private static AuthenticationStatus refuse(Problem problem, String sentence, HttpServletRequest request, HttpMessageContext context) {
        request.setAttribute(ProblemException.class.getName(), problem.because(sentence));
        return context.doNothing();
    }

    private static AuthenticationStatus letIn(Caller caller, Principal principal, HttpServletRequest request, HttpMessageContext context) {
        caller.attachTo(request);
        request.setAttribute(StrictFeature.SCOPES, caller.scopes());
        return context.notifyContainerAboutLogin(principal, caller.scopes());
    }

    private static Optional<String> key(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("X-API-Key"))
                .or(() -> bearer(request).filter(token -> token.startsWith("ww_")));
    }

    private static Optional<String> bearer(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, TokenVerifier.BEARER, 0, TokenVerifier.BEARER.length()))
                .map(header -> header.substring(TokenVerifier.BEARER.length()).strip());
    }

    /** Only where no other credential was sent. */
    private static Optional<String> cookie(HttpServletRequest request) {
        return request.getHeader("Authorization") != null || request.getCookies() == null ? Optional.empty()
                : Arrays.stream(request.getCookies()).filter(cookie -> cookie.getName().equals(ACCESS_COOKIE)).map(Cookie::getValue)
                        .findFirst();
    }
}
