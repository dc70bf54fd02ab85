package org.wallwhale.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests whose end two servers in a row may see at different places (RFC 9112, section 11.2), each followed by what one of
 * them would take for a second request.
 */
final class AmbiguousRequests {
    /** In every answer to the second request. */
    static final String SMUGGLED = "smuggled-request";
    private static final String SECOND = "GET /openapi HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: " + SMUGGLED + "\r\nConnection: close\r\n\r\n";
    private static final String FIRST = "POST /api/v1/downloads HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String NO_CHUNKS = "0\r\n\r\n";
    private static final String LENGTH_OF_ALL = "Content-Length: " + (NO_CHUNKS.length() + SECOND.length());
    private static final List<String> OTHER_CODINGS = List.of("Transfer-Encoding: xchunked", "Transfer-Encoding : chunked",
            "Transfer-Encoding: chunked, identity", "Transfer-Encoding: identity, chunked", "Transfer-Encoding: identity",
            "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: \u000bchunked", "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding: chunked;q=1", "Transfer-Encoding:\r\n chunked", " " + CHUNKED, "X: x\r" + CHUNKED, CHUNKED + "\u0000",
            CHUNKED + "\r\nTransfer-Encoding: x", "Transfer-Encoding: x\r\n" + CHUNKED, "Transfer-Encoding:");
    private static final List<String> NO_LENGTHS = List.of("+0", "-0", "-1", "0x0", "0 0", "0,", "", "0;0", "\u000b0", "99999999999999999999",
            "0, " + SECOND.length());
    private static final List<String> NO_CHUNK_SIZES = List.of("0x0", "-0", "+0", "FFFFFFFFFFFFFFFFF", "1\r\nab" + "0");

    private AmbiguousRequests() {
    }

    /** By what is wrong with each. */
    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        add(all, LENGTH_OF_ALL + "\r\n" + CHUNKED, NO_CHUNKS);
        add(all, CHUNKED + "\r\n" + LENGTH_OF_ALL, NO_CHUNKS);
        add(all, "Content-Length: 0\r\n" + CHUNKED, NO_CHUNKS);
        add(all, "Content-Length: 4\r\n" + CHUNKED, Integer.toHexString(SECOND.length()) + "\r\n" + SECOND + "\r\n" + NO_CHUNKS);
        add(all, "Content-Length: 0\r\nContent-Length: " + SECOND.length(), "");
        add(all, "Content-Length: " + SECOND.length() + "\r\nContent-Length: 0", "");
        add(all, "Content-Length : " + SECOND.length(), "");
        for (String coding : OTHER_CODINGS) {
            add(all, coding, NO_CHUNKS);
            add(all, coding + "\r\n" + LENGTH_OF_ALL, NO_CHUNKS);
            add(all, LENGTH_OF_ALL + "\r\n" + coding, NO_CHUNKS);
        }
        NO_LENGTHS.forEach(length -> add(all, "Content-Length: " + length, ""));
        NO_CHUNK_SIZES.forEach(size -> add(all, CHUNKED, size + "\r\n\r\n"));
        return all;
    }

    private static void add(Map<String, String> all, String headers, String body) {
        all.put(headers + " | " + body, FIRST + headers + "\r\n\r\n" + body + SECOND);
    }
}
