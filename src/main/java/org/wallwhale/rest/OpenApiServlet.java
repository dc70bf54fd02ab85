package org.wallwhale.rest;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The OpenAPI 3.1 document and a page that shows it, open to everybody and the same on every server. Payara has a servlet of its
 * own for {@code /openapi/*}; the exact addresses win. The document is a file of the build, which {@code OpenApiTest} holds to the code.
 */
@WebServlet({"/openapi", "/openapi/", "/docs"})
public class OpenApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean page = request.getServletPath().equals("/docs");
        response.setContentType(page ? "text/html;charset=UTF-8" : "application/json");
        try (InputStream file = OpenApiServlet.class.getResourceAsStream(page ? "docs.html" : "openapi.json");
                OutputStream out = response.getOutputStream()) {
            file.transferTo(out);
        }
    }
}
