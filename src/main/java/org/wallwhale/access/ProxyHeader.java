package org.wallwhale.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The one header in which the proxies name the client. Only one is read: a proxy that sets the one passes the other through
 * as the client sent it.
 */
enum ProxyHeader {
    X_FORWARDED_FOR("X-Forwarded-For"),
    /** RFC 7239. */
    FORWARDED("Forwarded");

    private final String header;

    ProxyHeader(String header) {
        this.header = header;
    }

    static Optional<ProxyHeader> of(String name) {
        return Arrays.stream(values()).filter(one -> one.header.equalsIgnoreCase(name)).findFirst();
    }

    String header() {
        return header;
    }

    /**
     * The client's address: {@code peer}, or while that is a proxy, whom it got the request from. A hop that cannot be read ends
     * the walk at the last good one.
     *
     * @param peer of the socket
     * @param lines of this header, in their order
     */
    String client(String peer, List<String> lines, Predicate<String> isProxy) {
        String client = Networks.canonical(peer).orElse(peer);
        List<String> hops = split(String.join(",", lines), ',');
        for (int i = 0; i < hops.size() && isProxy.test(client); i++) {
            Optional<String> hop = node(hops.get(i)).flatMap(ProxyHeader::address);
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get();
        }
        return client;
    }

    private Optional<String> node(String hop) {
        if (this == X_FORWARDED_FOR) {
            return Optional.of(hop);
        }
        List<String> nodes = split(hop, ';').stream().filter(pair -> pair.regionMatches(true, 0, "for=", 0, 4))
                .map(pair -> unquoted(pair.substring(4))).toList();
        return nodes.size() == 1 ? Optional.of(nodes.get(0)) : Optional.empty();
    }

    /**
     * The parts, the last one first. Read from the end, because a quotation mark that a client left open must not swallow what
     * the proxies put behind it.
     */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int end = text.length();
        for (int i = text.length() - 1; i >= 0; i--) {
            if (text.charAt(i) == '"' && (!quoted || !isEscaped(text, i))) {
                quoted = !quoted;
            } else if (text.charAt(i) == separator && !quoted) {
                parts.add(text.substring(i + 1, end).strip());
                end = i;
            }
        }
        parts.add(text.substring(0, end).strip());
        return parts;
    }

    private static boolean isEscaped(String text, int at) {
        int first = at;
        while (first > 0 && text.charAt(first - 1) == '\\') {
            first--;
        }
        return (at - first) % 2 == 1;
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"") ? value.substring(1, value.length() - 1) : value;
    }

    /** Without port and brackets. */
    private static Optional<String> address(String node) {
        if (node.startsWith("[")) {
            int end = node.indexOf(']');
            return end > 0 && isPort(node.substring(end + 1)) ? Networks.canonical(node.substring(1, end)) : Optional.empty();
        }
        int colon = node.indexOf(':');
        boolean hasPort = colon > 0 && colon == node.lastIndexOf(':') && isPort(node.substring(colon));
        return Networks.canonical(hasPort ? node.substring(0, colon) : node);
    }

    /** Also one that is hidden, RFC 7239, section 6.3. */
    private static boolean isPort(String text) {
        return text.isEmpty() || text.matches(":([0-9]{1,5}|_[A-Za-z0-9._-]+)");
    }
}
