package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Where requests come from. What a peer that is no configured proxy says about it changes nothing. */
@ApplicationScoped
class ClientAddress {
    private static final Networks LOOPBACK = Networks.of(List.of("127.0.0.0/8", "::1"));
    private AddressFile file;
    private ProxyHeader header;

    ClientAddress() {
    }

    @Inject
    ClientAddress(AddressFile file, AccessConfig config) {
        this.file = file;
        header = config.proxyHeader();
    }

    /** IPv4 is written as such. */
    String of(HttpServletRequest request) {
        return found(request).address();
    }

    boolean isAdmitted(HttpServletRequest request) {
        return found(request).admitted();
    }

    private record Found(String address, boolean admitted) {
    }

    /** The same for the whole request, whatever happens to the rules meanwhile. */
    private Found found(HttpServletRequest request) {
        if (request.getAttribute(ClientAddress.class.getName()) instanceof Found known) {
            return known;
        }
        AddressRules rules = file.rules();
        String address = header.client(request.getRemoteAddr(), Collections.list(request.getHeaders(header.header())),
                rules.proxies()::contains);
        Found found = new Found(address, rules.admits(address));
        request.setAttribute(ClientAddress.class.getName(), found);
        return found;
    }

    /** From this machine and by no proxy. */
    boolean isLoopback(HttpServletRequest request) {
        return LOOPBACK.contains(request.getRemoteAddr()) && !isForwarded(request);
    }

    /** From this machine, or from a network that may watch the server. */
    boolean isMonitor(HttpServletRequest request) {
        return isLoopback(request) || file.rules().isMonitor(request.getRemoteAddr(), isForwarded(request), of(request));
    }

    private static boolean isForwarded(HttpServletRequest request) {
        return Stream.of("Forwarded", "X-Forwarded-For", "Via").anyMatch(name -> request.getHeader(name) != null);
    }
}
