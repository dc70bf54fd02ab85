package org.wallwhale.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id that ties an answer to the server's log: the client's {@code X-Request-Id} if it is sane, else a new one. */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private RequestId() {
    }

    /** The same for the whole request, forwards included. */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(HEADER) instanceof String known) {
            return known;
        }
        String sent = request.getHeader(HEADER);
        String id = sent != null && SANE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
        request.setAttribute(HEADER, id);
        return id;
    }
}
