package org.wallwhale.engine;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which web servers are asked for the files of items. The address comes from strangers, so it is checked before the first request
 * and again at each redirect: the scheme is https (http is raised to it), there is no user name and no port, the host is on the
 * list, and every address that its name has is a public one, neither of this machine nor of a private, shared or link-local
 * network. The name is looked up once more to connect; a name server that answers otherwise then still has to show a certificate
 * for a host on the list. A listed origin such as {@code http://127.0.0.1:8080} is asked as it is: the operator named it.
 */
final class WebFileHosts {
    private static final Pattern ENTRY = Pattern.compile("(?:\\*\\.)?[a-z0-9-]+(?:\\.[a-z0-9-]+)+|https?://[A-Za-z0-9.-]+:[0-9]{1,5}");
    private final List<String> entries;

    WebFileHosts(List<String> entries) {
        this.entries = entries;
    }

    static boolean isEntry(String text) {
        return ENTRY.matcher(text).matches();
    }

    URI checked(String address) throws RefusedAddressException {
        URI uri = parsed(address);
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new RefusedAddressException("The item's file has an address that is none of a web server.");
        }
        if (entries.contains(uri.getScheme() + "://" + uri.getRawAuthority())) {
            return uri;
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme()) || uri.getPort() >= 0 || !isListed(host)) {
            throw new RefusedAddressException("The item's file lies on " + host + ", which is not among the web servers that may be asked.");
        }
        demandPublic(host);
        return URI.create("https" + uri.toASCIIString().substring(uri.getScheme().length()));
    }

    private static URI parsed(String address) throws RefusedAddressException {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new RefusedAddressException("The item's file has an address that cannot be read.");
        }
    }

    private boolean isListed(String host) {
        return entries.stream().anyMatch(entry -> entry.startsWith("*.") ? host.endsWith(entry.substring(1)) : host.equals(entry));
    }

    private static void demandPublic(String host) throws RefusedAddressException {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!isPublic(address)) {
                    throw new RefusedAddressException("The web server " + host + " of the item's file has an address in a private network.");
                }
            }
        } catch (UnknownHostException e) {
            // nobody is asked; the request will tell that there is no such host
        }
    }

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        int first = address.getAddress()[0] & 0xFF;
        int second = address.getAddress()[1] & 0xFF;
        if (address instanceof Inet4Address) {
            boolean shared = first == 100 && (second & 0xC0) == 64;
            boolean trials = first == 198 && (second & 0xFE) == 18;
            return first != 0 && first < 240 && !shared && !trials && !(first == 192 && second == 0);
        }
        boolean unique = (first & 0xFE) == 0xFC;
        boolean embedsAnother = first == 0;
        return !unique && !embedsAnother;
    }
}
