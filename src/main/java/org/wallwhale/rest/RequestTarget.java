package org.wallwhale.rest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** What makes the first line's address, or the Host header, unreadable (RFC 9112, section 3.2; RFC 3986, section 2.1). */
final class RequestTarget {
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:/?#@\\s]+)(:[0-9]{0,5})?");
    private static final Pattern BEGIN = Pattern.compile("(?i)/.*|\\*|https?://.*", Pattern.DOTALL);

    private RequestTarget() {
    }

    /**
     * A sentence for the client; empty when the address can be read.
     *
     * @param path as it was sent, a character for each byte, without the query
     * @param host the Host header, null if there is none
     */
    static Optional<String> fault(String path, String host) {
        if (!BEGIN.matcher(path).matches()) {
            return Optional.of("The address must begin with /.");
        }
        if (host != null && !HOST.matcher(host.strip()).matches()) {
            return Optional.of("The Host header must be a name or address, with a port behind a colon if need be.");
        }
        byte[] decoded = decoded(path);
        if (decoded == null) {
            return Optional.of("The address holds a % that two hexadecimal digits do not follow; the sign itself is written %25.");
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded)).toString();
            return text.indexOf('\\') >= 0 || text.indexOf('\0') >= 0 ? Optional.of("The address must hold neither \\ nor U+0000.")
                    : leavesTheRoot(text) ? Optional.of("The address has more steps up (..) than down.") : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of("The address is not UTF-8.");
        }
    }

    /** Null when an escape is broken. */
    private static byte[] decoded(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '%') {
                bytes.write(path.charAt(i));
                continue;
            }
            int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            bytes.write(high * 16 + low);
            i += 2;
        }
        return bytes.toByteArray();
    }

    private static boolean leavesTheRoot(String path) {
        int depth = 0;
        for (String step : path.split("/")) {
            if (!step.isEmpty() && !step.equals(".")) {
                depth += step.equals("..") ? -1 : 1;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }
}
