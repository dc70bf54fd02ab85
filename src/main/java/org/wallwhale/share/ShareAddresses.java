package org.wallwhale.share;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
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

    private String root(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return (request.isSecure() || access.secureCookies() ? "https" : "http") + "://"
                + (host == null ? request.getServerName() + ":" + request.getServerPort() : host) + request.getContextPath();
    }
}
