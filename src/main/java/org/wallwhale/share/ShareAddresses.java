package org.wallwhale.share;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.wallwhale.access.AccessConfig;

/** Where links lead: to the configured address, or else to where the request that asks for them came to. */
@ApplicationScoped
class ShareAddresses {
    private ShareConfig config;
    private AccessConfig access;
    private ShareLinks links;

    ShareAddresses() {
    }

    @Inject
    ShareAddresses(ShareConfig config, AccessConfig access, ShareLinks links) {
        this.config = config;
        this.access = access;
        this.links = links;
    }

    ShareView linked(ShareView share, HttpServletRequest request) {
        return share.linked(config.baseUrl().orElseGet(() -> root(request)) + "/s/" + links.token(share.id()));
    }

    ShareList linked(ShareList list, HttpServletRequest request) {
        return new ShareList(list.shares().stream().map(share -> linked(share, request)).toList());
    }

    /** The path that a visitor's browser asks for a link by: a proxy may have the server below a path of its own. */
    String asked(HttpServletRequest request, String token) {
        String root = config.baseUrl().map(base -> URI.create(base).getRawPath()).orElse(request.getContextPath());
        boolean older = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) instanceof String uri
                && uri.startsWith(request.getContextPath() + "/v1/");
        return root + (older ? "/v1/shared/" : "/api/v1/shared/") + token;
    }

    private String root(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return (request.isSecure() || access.secureCookies() ? "https" : "http") + "://"
                + (host == null ? request.getServerName() + ":" + request.getServerPort() : host) + request.getContextPath();
    }
}
