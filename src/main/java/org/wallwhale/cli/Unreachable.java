package org.wallwhale.cli;

import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Why nothing that could be trusted came from a server, with its cure, and in words where Java has the names of its classes. */
final class Unreachable {
    /** What Java makes of nothing at all, or of TLS, where it waits for the status line of plain HTTP. */
    private static final Pattern NO_HTTP = Pattern.compile("(?is).*header parser received no bytes|(invalid|unsupported) status line.*");
    private static final Pattern NO_TLS = Pattern.compile("(?i).*(unrecognized|plaintext).*");

    private Unreachable() {
    }

    /** {@code base} is the server's address. */
    static CommandFailure of(String base, IOException thrown) {
        Throwable cause = "closed".equals(thrown.getMessage()) && thrown.getCause() != null ? thrown.getCause() : thrown;
        String reason = Objects.requireNonNullElse(cause.getMessage(), "nothing answers there");
        if (base.startsWith("https:") && thrown instanceof SSLException && NO_TLS.matcher(reason).matches()) {
            return failure("What answers at " + base + " speaks no TLS: set WALLWHALE_URL to http" + base.substring("https".length()) + ", or unset "
                    + "WALLWHALE_TLS_ENABLED, if it is meant to be like that.");
        }
        if (thrown instanceof SSLException) {
            return failure("The server at " + base + " does not prove that it is the one (" + inWords(reason)
                    + "): set WALLWHALE_CA_FILE to the certificate that you trust if it is no usual one, and WALLWHALE_URL to a name in it.");
        }
        if (base.startsWith("http:") && NO_HTTP.matcher(reason).matches()) {
            return failure("The server at " + base + " gives no answer to plain HTTP: if it speaks TLS, set WALLWHALE_URL to https"
                    + base.substring("http".length()) + ", or WALLWHALE_TLS_ENABLED to true if it is the one that `serve --tls` starts here.");
        }
        return failure("The server at " + base + " cannot be reached (" + reason + "): start it, or set WALLWHALE_URL to where it is.");
    }

    private static String inWords(String reason) {
        return reason.contains("PKIX path building failed") ? "nobody whom this machine trusts vouches for its certificate"
                : reason.contains("validity check failed") ? "its certificate is over, or not good yet" : reason;
    }

    private static CommandFailure failure(String sentence) {
        return new CommandFailure(CommandFailure.NOT_REACHABLE, sentence);
    }
}
