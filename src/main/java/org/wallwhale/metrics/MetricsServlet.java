package org.wallwhale.metrics;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;

/** All metrics, as text. The filter {@code monitor} of {@code web.xml} lets nobody here who may not read them. */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    @Inject
    private transient Registry registry;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(Registry.CONTENT_TYPE);
        try (OutputStream out = response.getOutputStream()) {
            registry.write(out);
        }
    }
}
