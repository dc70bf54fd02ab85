package org.wallwhale.access;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.audit.Actor;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.secret.Secret;

/** Logging in, staying so, logging out; for programs by tokens in the body, for pages by cookies that no script can read. */
@Path("/auth")
@ApplicationScoped
@Tag(name = "Sessions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AuthResource {
    private static final String REFRESH_COOKIE = "ww_refresh";
    @Inject
    private AuthService auth;
    @Inject
    private SessionService sessions;
    @Inject
    private SessionSecrets secrets;
    @Inject
    private AccessConfig config;
    @Context
    private HttpServletRequest request;

    @POST
    @Path("/login")
    @PermitAll
    @Operation(operationId = "logIn", summary = "Starts a session",
            description = "For programs by tokens in the answer. With `cookie` true the tokens go into cookies that no script can "
                    + "read, and the answer has a `csrfToken` in their place.")
    @APIResponse(responseCode = "401", description = "The mail address or the password is wrong; the answer is the same for both")
    @APIResponse(responseCode = "429", description = "Too many failed logins to this account or from this address, or more logins "
                    + "at once than the processor can check")
    @APIResponse(responseCode = "200", description = "The session", content = @Content(schema = @Schema(implementation = LoginView.class)),
            headers = @Header(name = "Set-Cookie", ref = "Set-Cookie"))
    public Response login(@NotNull(message = "The body is missing") @Valid Login login) {
        return answer(auth.login(login.email(), Secret.of(login.password()), Actor.of(request)), Boolean.TRUE.equals(login.cookie()));
    }

    /** By the body, else by the cookie. Needs no CSRF token: this is where a page that was loaded again gets it from. */
    @POST
    @Path("/refresh")
    @PermitAll
    @Operation(operationId = "refresh", summary = "The next pair of tokens of a session",
            description = "By the body, else by the cookie. A refresh token is good once: its second use ends the session. Needs no "
                    + "CSRF token.")
    @APIResponse(responseCode = "401", description = "The refresh token is missing, used, ended or unknown")
    @APIResponse(responseCode = "409", description = "The access token is another issuer's: renew it there")
    @APIResponse(responseCode = "200", description = "The session goes on", content = @Content(schema = @Schema(implementation = LoginView.class)),
            headers = @Header(name = "Set-Cookie", ref = "Set-Cookie"))
    public Response refresh(@Valid Refresh body, @CookieParam(REFRESH_COOKIE) String cookie) {
        Optional<Secret> sent = refreshToken(body);
        if (cookie == null && sent.flatMap(secrets::sessionOf).isEmpty()) {
            refuseExternal();
        }
        Secret token = sent.or(() -> Optional.ofNullable(cookie).map(Secret::of)).orElseThrow(() -> Problem.UNAUTHENTICATED.because(
                "Send the newest refreshToken in the body, or the cookie of a login."));
        return answer(auth.refresh(token, Actor.of(request)), sent.isEmpty());
    }

    /**
     * Ends the session of whatever credential was sent, access token, refresh token or cookies; 204 also when it ended already, and
     * for an API key, which has none. Open, because the credential may be one that lets nobody in any longer.
     */
    @POST
    @Path("/logout")
    @PermitAll
    @Operation(operationId = "logOut", summary = "Ends a session",
            description = "Of whatever credential was sent: access token, refresh token or cookies. 204 also when it has ended "
                    + "already.")
    @APIResponse(responseCode = "401", description = "No credential of a session was sent")
    @APIResponse(responseCode = "409", description = "The access token is another issuer's: log out there")
    @APIResponse(responseCode = "204", description = "It has ended", headers = @Header(name = "Set-Cookie", ref = "Set-Cookie"))
    public Response logout(@Valid Refresh body, @CookieParam(REFRESH_COOKIE) String cookie) {
        Optional<UUID> session = refreshToken(body).flatMap(secrets::sessionOf).or(() -> Authentication.sessionOf(request))
                .or(() -> ofCookie(cookie));
        if (session.isEmpty() && request.getAttribute(Caller.class.getName()) == null) {
            throw request.getAttribute(ProblemException.class.getName()) instanceof ProblemException refusal ? refusal
                    : Problem.UNAUTHENTICATED.because("Send the access token, the refreshToken or the cookies of the login that is to end.");
        }
        if (session.isEmpty()) {
            refuseExternal();
        }
        session.ifPresent(id -> sessions.end(id, Actor.of(request)));
        return Response.noContent().cookie(cookies("", "", 0, 0)).build();
    }

    /** A token without a session is one of another issuer. */
    private void refuseExternal() {
        if (request.getAttribute(Caller.class.getName()) instanceof Caller caller && caller.keyId().isEmpty()
                && caller.session().isEmpty()) {
            throw Problem.CONFLICT.because("This access token is not of this server: renew it, or log out, where you got it.");
        }
    }

    private Optional<UUID> ofCookie(String cookie) {
        Optional<UUID> session = Optional.ofNullable(cookie).map(Secret::of).flatMap(secrets::sessionOf);
        session.filter(id -> !secrets.isCsrfToken(request.getHeader(Authentication.CSRF_HEADER), id)).ifPresent(id -> {
            throw Problem.FORBIDDEN.because(Authentication.NO_CSRF_TOKEN);
        });
        return session;
    }

    private static Optional<Secret> refreshToken(Refresh body) {
        return Optional.ofNullable(body).map(Refresh::refreshToken).map(Secret::of);
    }

    private Response answer(LoginView view, boolean byCookie) {
        if (!byCookie) {
            return Response.ok(view).build();
        }
        UUID session = secrets.sessionOf(Secret.of(view.refreshToken())).orElseThrow();
        return Response.ok(view.withoutTokens(secrets.csrfToken(session))).cookie(cookies(view.accessToken(), view.refreshToken(),
                (int) view.expiresIn(), (int) config.sessionIdle().toSeconds())).build();
    }

    /** The refresh token goes to the addresses that take it alone, in both of their spellings. */
    private NewCookie[] cookies(String access, String refresh, int accessSeconds, int refreshSeconds) {
        String root = request.getContextPath();
        return Stream.of(cookie(Authentication.ACCESS_COOKIE, access, root + "/", accessSeconds),
                cookie(REFRESH_COOKIE, refresh, root + "/api/v1/auth", refreshSeconds),
                cookie(REFRESH_COOKIE, refresh, root + "/v1/auth", refreshSeconds)).toArray(NewCookie[]::new);
    }

    private NewCookie cookie(String name, String value, String path, int seconds) {
        return new NewCookie.Builder(name).value(value).path(path).maxAge(seconds).httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT).secure(request.isSecure() || config.secureCookies()).build();
    }
}
