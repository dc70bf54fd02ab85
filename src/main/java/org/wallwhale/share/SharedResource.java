package org.wallwhale.share;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.AccessConfig;
import org.wallwhale.audit.Actor;
import org.wallwhale.audit.RefusalFilter;
import org.wallwhale.problem.Problem;
import org.wallwhale.rest.Exchange;
import org.wallwhale.rest.OpenRange;
import org.wallwhale.rest.ProblemMapper;
import org.wallwhale.rest.RestConfig;
import org.wallwhale.secret.Secret;
import org.wallwhale.store.StoredZip;
import org.wallwhale.store.ZipResource;

/** What is behind a share link, for whoever has it. */
@Path("/shared/{token}")
@ApplicationScoped
@Tag(name = "Sharing")
@APIResponse(responseCode = "404", description = "Nothing is behind this link: mistyped, ended or revoked")
@APIResponse(responseCode = "409", description = "The content is not on the server right now, as while it is fetched anew")
@APIResponse(responseCode = "410", description = "The content is no longer on the server, or the link was used as often as it may be")
@APIResponse(responseCode = "429", description = "Too many requests, transfers or wrong passwords from this address, or others are using up what the link allows")
public class SharedResource {
    private static final String COOKIE = "ww_share";
    private static final String BASIC = "Basic ";
    private static final String NO_PASSWORD = "The link needs a password";
    @Inject
    private SharedService shared;
    @Inject
    private StandingService standings;
    @Inject
    private ShareUses uses;
    @Inject
    private ShareLinks links;
    @Inject
    private ShareDoor door;
    @Inject
    private AddressLimit limit;
    @Inject
    private ShareAddresses addresses;
    @Inject
    private RestConfig config;
    @Inject
    private AccessConfig cookies;
    @Context
    private HttpServletRequest request;
    @Context
    private HttpServletResponse response;

    @GET
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getShared", summary = "What is behind a share link",
            description = "A link with a password tells nothing but that, until it was unlocked, or the password is sent as Basic credentials.")
    @APIResponse(responseCode = "401", description = "The password that was sent is wrong")
    @APIResponse(responseCode = "200", description = "What there is", content = @Content(schema = @Schema(implementation = SharedView.class)))
    public SharedView get(@PathParam("token") String token, @CookieParam(COOKIE) String cookie) {
        Standing link = link(token);
        if (!request.getMethod().equals("HEAD")) {
            uses.viewed(link.id());
        }
        return isOpen(link, cookie) ? shared.view(link) : SharedView.locked();
    }

    @POST
    @Path("/unlock")
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "unlockShared", summary = "Shows the password of a share link",
            description = "Sets a cookie for this link alone that no script can read, good for an hour.")
    @APIResponse(responseCode = "401", description = "The password is wrong")
    @APIResponse(responseCode = "200", description = "What there is", content = @Content(schema = @Schema(implementation = SharedView.class)),
            headers = @Header(name = "Set-Cookie", ref = "Set-Cookie"))
    public Response unlock(@PathParam("token") String token, @NotNull(message = "The body is missing") @Valid Unlock body) {
        Standing link = link(token);
        door.demand(link, body.password(), Actor.of(request).address());
        return Response.ok(shared.view(link)).cookie(new NewCookie.Builder(COOKIE).value(door.pass(link))
                .path(addresses.asked(request, token)).maxAge((int) ShareDoor.PASS.toSeconds()).httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT).secure(request.isSecure() || cookies.secureCookies()).build()).build();
    }

    @GET
    @Path("/zip")
    @PermitAll
    @Operation(operationId = "getSharedZip", summary = "What is behind a share link as a zip, or a range of it",
            description = "As the zip of a download or batch, as long as the link allows it. A password is sent as Basic credentials, "
                    + "with any user name, or by the cookie of the unlocking.")
    @APIResponse(responseCode = "401", description = NO_PASSWORD)
    @APIResponse(responseCode = "200", description = "The zip", content = @Content(mediaType = "application/zip"))
    public void getZip(@PathParam("token") String token, @CookieParam(COOKIE) String cookie, @Suspended AsyncResponse answer) throws IOException {
        send(token, Optional.empty(), cookie, answer);
    }

    @HEAD
    @Path("/zip")
    @PermitAll
    @Operation(operationId = "headSharedZip", summary = "The headers of that zip", description = "As GET, without the body; it uses up nothing.")
    @APIResponse(responseCode = "401", description = NO_PASSWORD)
    @APIResponse(responseCode = "200", description = "The headers")
    public void headZip(@PathParam("token") String token, @CookieParam(COOKIE) String cookie, @Suspended AsyncResponse answer) throws IOException {
        send(token, Optional.empty(), cookie, answer);
    }

    @GET
    @Path("/items/{name}/zip")
    @PermitAll
    @Operation(operationId = "getSharedItemZip", summary = "One of the items behind a share link as a zip, or a range of it",
            description = "Of a collection or list. Its bytes use up what the link allows as those of the whole do.")
    @APIResponse(responseCode = "401", description = NO_PASSWORD)
    @APIResponse(responseCode = "200", description = "The zip", content = @Content(mediaType = "application/zip"))
    public void getItemZip(@PathParam("token") String token, @PathParam("name") String name, @CookieParam(COOKIE) String cookie,
            @Suspended AsyncResponse answer) throws IOException {
        send(token, Optional.of(name), cookie, answer);
    }

    @HEAD
    @Path("/items/{name}/zip")
    @PermitAll
    @Operation(operationId = "headSharedItemZip", summary = "The headers of that zip", description = "As GET, without the body; it uses up nothing.")
    @APIResponse(responseCode = "401", description = NO_PASSWORD)
    @APIResponse(responseCode = "200", description = "The headers")
    public void headItemZip(@PathParam("token") String token, @PathParam("name") String name, @CookieParam(COOKIE) String cookie,
            @Suspended AsyncResponse answer) throws IOException {
        send(token, Optional.of(name), cookie, answer);
    }

    private void send(String token, Optional<String> item, String cookie, AsyncResponse answer) throws IOException {
        Standing link = link(token);
        if (!isOpen(link, cookie)) {
            throw Problem.UNAUTHENTICATED.because("This link needs its password: open it in a browser, or send it as Basic credentials "
                    + "with any user name (curl -u link).");
        }
        StoredZip zip = shared.zip(link, item);
        Actor visitor = Actor.of(request);
        ZipResource.representation(zip, (from, to) -> {
            Sending part = uses.begin(link, zip, from, to, item.isEmpty() ? zip.length() : shared.zipBytes(link), visitor);
            return new OpenRange(part, part::sendTo, part::pauseNanos);
        }).send(new Exchange(request, response, answer, config.stallAfter(), uses.watch(link, visitor.address())));
    }

    /** NOT_FOUND alike for whatever is no link, and what is one no longer. */
    private Standing link(String token) {
        request.setAttribute(ProblemMapper.CHALLENGE, (isProgram() ? "Basic" : "xBasic") + " realm=\"wallwhale share\", charset=\"UTF-8\"");
        limit.demand(Actor.of(request).address());
        return links.shareOf(token).flatMap(id -> {
            // the audit log is not to tell the link
            request.setAttribute(RefusalFilter.SUBJECT, "shares/" + id);
            return standings.find(id);
        }).orElseThrow(StandingService::unknown);
    }

    /** A browser would show a dialog of its own for Basic, in the page that asks itself and for pictures that are none. */
    private boolean isProgram() {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return (accepted == null || accepted.strip().equals("*/*")) && request.getHeader("Sec-Fetch-Mode") == null;
    }

    private boolean isOpen(Standing link, String cookie) {
        if (door.isOpen(link, cookie)) {
            return true;
        }
        Optional<Secret> sent = basic(request.getHeader(HttpHeaders.AUTHORIZATION));
        sent.ifPresent(password -> door.demand(link, password, Actor.of(request).address()));
        return sent.isPresent();
    }

    /** The password of Basic credentials (RFC 7617), null for no header. */
    private static Optional<Secret> basic(String header) {
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            String pair = new String(Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
            return Optional.of(Secret.of(pair.substring(pair.indexOf(':') + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
