package org.wallwhale.health;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.wallwhale.rest.Json;

/**
 * The health of this instance, the same on every server: 200 while it is up, 503 otherwise, open to everybody. Payara has a servlet of
 * its own for {@code /health/*} at the root; the exact addresses win.
 */
@WebServlet({HealthServlet.ALL, HealthServlet.LIVE, HealthServlet.READY, HealthServlet.STARTED})
public class HealthServlet extends HttpServlet {
    static final String ALL = "/health";
    static final String LIVE = "/health/live";
    static final String READY = "/health/ready";
    static final String STARTED = "/health/started";
    private static final long serialVersionUID = 1;
    @Inject
    private transient Health health;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HealthView view = switch (request.getServletPath()) {
            case LIVE -> health.live();
            case READY -> health.ready();
            case STARTED -> health.start();
            default -> health.all();
        };
        response.setStatus(view.isUp() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(Json.MAPPER.writeValueAsBytes(view));
    }
}
