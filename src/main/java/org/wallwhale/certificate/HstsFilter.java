package org.wallwhale.certificate;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Has browsers come by TLS only, unless the certificate is self-signed: nobody could dismiss the warning of it any longer, for a year.
 */
public class HstsFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    @Inject
    private transient ServerCertificate certificate;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.isSecure() && !isLocal(request.getServerName()) && !certificate.isSelfSigned()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        chain.doFilter(request, response);
    }

    /** A browser would ask for everything of this machine by TLS from then on, other people's programs included. */
    private static boolean isLocal(String host) {
        return host.equals("localhost") || host.endsWith(".localhost");
    }
}
