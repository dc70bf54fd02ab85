package org.wallwhale.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Who did something, from where, by which request.
 *
 * @param userId empty for a stranger and for the server itself
 * @param keyId the API key that was used, if it was one
 * @param address the client's, as text; {@code server} for the server itself
 * @param requestId as in {@code X-Request-Id} and the server's log
 */
public record Actor(Optional<UUID> userId, Optional<UUID> keyId, String address, String requestId) {
    /** Somebody without a valid credential. */
    public static Actor stranger(String address, String requestId) {
        return new Actor(Optional.empty(), Optional.empty(), address, requestId);
    }

    /** The server, acting by itself. */
    public static Actor server() {
        return stranger("server", "-");
    }

    /** The same request, once it is known whose it is. */
    public Actor as(UUID user, Optional<UUID> key) {
        return new Actor(Optional.of(user), key, address, requestId);
    }

    /** Who sent a request to the API. */
    public static Actor of(HttpServletRequest request) {
        return (Actor) request.getAttribute(Actor.class.getName());
    }

    public void attachTo(HttpServletRequest request) {
        request.setAttribute(Actor.class.getName(), this);
    }

    /** One client can have all the addresses of an IPv6 /64, so they count as one; every other address counts by itself. */
    public static String network(String address) {
        try {
            return address.indexOf(':') < 0 ? address : InetAddress.getByAddress(
                    Arrays.copyOf(Arrays.copyOf(InetAddress.getByName(address).getAddress(), 8), 16)).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            return address;
        }
    }

    boolean isStranger() {
        return userId.isEmpty();
    }
}
