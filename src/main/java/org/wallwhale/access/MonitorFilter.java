package org.wallwhale.access;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wallwhale.audit.Actor;
import org.wallwhale.audit.Refusals;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.rest.ErrorServlet;
import org.wallwhale.rest.RequestId;

/**
 * Lets those in who watch the server: the machine itself, the networks of {@code monitor} in the address rules, and any credential
 * with the scope {@code admin:read}. UNAUTHENTICATED or FORBIDDEN for everybody else, on record.
 */
public class MonitorFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Pattern GUARDED = Pattern.compile("/status|/(mp-)?metrics(/.*)?");
    @Inject
    private transient ClientAddress addresses;
    @Inject
    private transient Refusals refusals;

    /**
     * Whether credentials count at this path below the context root, as it was sent. Where the application lies at the root, Payara
     * adds its own metrics to it, with all that is below their address.
     */
    static boolean guards(String path) {
        return GUARDED.matcher(path).matches();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Cache-Control", "no-store");
        Optional<ProblemException> refusal = addresses.isMonitor(request) ? Optional.empty() : refusal(request);
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (refusal.get().problem() != Problem.UNAVAILABLE) {
            Actor actor = Optional.ofNullable(Actor.of(request))
                    .orElseGet(() -> Actor.stranger(addresses.of(request), RequestId.of(request)));
            refusals.add(actor, request.getMethod().toLowerCase(Locale.ROOT), request.getServletPath(), refusal.get().getMessage(),
                    refusal.get().problem().status());
        }
        ErrorServlet.answer(refusal.get(), request, response);
    }

    /** What the authentication left comes first: it knows what is wrong with the credential. */
    private Optional<ProblemException> refusal(HttpServletRequest request) {
        Optional<Caller> caller = Optional.ofNullable((Caller) request.getAttribute(Caller.class.getName()));
        if (caller.filter(Caller::mayReadAll).isPresent()) {
            return Optional.empty();
        }
        return Optional.ofNullable((ProblemException) request.getAttribute(ProblemException.class.getName())).or(() -> Optional.of(
                caller.isPresent()
                        ? Problem.FORBIDDEN.because("This needs the scope " + Scope.ADMIN_READ + ", which these credentials do not have.")
                        : Problem.UNAUTHENTICATED.because("From your address, " + addresses.of(request) + ", this needs a credential with "
                                + "the scope " + Scope.ADMIN_READ + "; a line \"monitor\" in addresses.conf opens it to a network.")));
    }
}
