package org.wallwhale.cli;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import org.wallwhale.config.Settings;

/** Where a server is: {@code http} or {@code https}, a host, perhaps a port and a path, without a slash at the end. */
final class ServerAddress {
    private ServerAddress() {
    }

    /** Where a server with these settings is reached from this machine. */
    static String local(Settings settings) {
        String base = base(settings.text("wallwhale.http.address").orElse("127.0.0.1"), settings.wholeNumber("wallwhale.http.port", 1, 65_535));
        return settings.onOff("wallwhale.tls.enabled") ? base.replaceFirst("http", "https") : base;
    }

    /** Whether {@link #local} says that it does; that nobody has set it is no fault here. */
    static boolean speaksTls(Settings settings) {
        return settings.text("wallwhale.tls.enabled").filter("true"::equalsIgnoreCase).isPresent();
    }

    static String base(String address, int port) {
        boolean everywhere = address.equals("0.0.0.0") || address.equals("::");
        String host = everywhere ? "127.0.0.1" : address.contains(":") ? "[" + address + "]" : address;
        return "http://" + host + ":" + port;
    }

    /** {@code url} without the slash at its end; a {@link CommandFailure} where it is no address of a server. */
    static String checked(String url) {
        try {
            URI address = new URI(url.replaceAll("/+$", ""));
            if (address.getScheme() != null && address.getScheme().matches("https?") && address.getHost() != null
                    && address.getUserInfo() == null && address.getQuery() == null && address.getFragment() == null) {
                return address.toString();
            }
        } catch (URISyntaxException e) {
            // told below, together with addresses of other things
        }
        throw new CommandFailure(CommandFailure.SETTINGS, "WALLWHALE_URL must be the address of a server, such as "
                + "https://wallwhale.example or http://127.0.0.1:8080.");
    }

    /** True when others may read what is sent there: by plain HTTP, and to another machine. Asks for the address of a name. */
    static boolean isInTheClear(String base) {
        URI address = URI.create(base);
        try {
            return address.getScheme().equals("http") && !InetAddress.getByName(address.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
