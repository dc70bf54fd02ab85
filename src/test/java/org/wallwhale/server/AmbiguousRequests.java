package org.wallwhale.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests whose end two servers in a row may see at different places (RFC 9112, section 11.2), each followed by {@code second},
 * which one of them would take for a further request.
 */
record AmbiguousRequests(String second) {
    private static final String FIRST = "POST /api/v1/downloads HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String NO_CHUNKS = "0\r\n\r\n";
    private static final List<String> OTHER_CODINGS = List.of("Transfer-Encoding: xchunked", "Transfer-Encoding : chunked",
            "Transfer-Encoding: chunked, identity", "Transfer-Encoding: identity, chunked", "Transfer-Encoding: identity",
            "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: \u000bchunked", "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding: chunked;q=1", "Transfer-Encoding:\r\n chunked", "X: x\r" + CHUNKED, CHUNKED + "\u0000",
            CHUNKED + "\r\nTransfer-Encoding: x", "Transfer-Encoding: x\r\n" + CHUNKED, "Transfer-Encoding:");
    private static final List<String> NO_LENGTHS = List.of("+0", "-0", "-1", "0x0", "0 0", "0,", "", "0;0", "\u000b0",
            "99999999999999999999");
    private static final List<String> NO_CHUNK_SIZES = List.of("0x0", "-0", "+0", "FFFFFFFFFFFFFFFFF", "1\r\nab" + "0");

    /** By what is wrong with each. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        String lengthOfAll = "Content-Length: " + (NO_CHUNKS.length() + second.length());
        add(all, lengthOfAll + "\r\n" + CHUNKED, NO_CHUNKS);
        add(all, CHUNKED + "\r\n" + lengthOfAll, NO_CHUNKS);
        add(all, "Content-Length: 0\r\n" + CHUNKED, NO_CHUNKS);
        add(all, "Content-Length: 4\r\n" + CHUNKED, Integer.toHexString(second.length()) + "\r\n" + second + "\r\n" + NO_CHUNKS);
        add(all, "Content-Length: 0\r\nContent-Length: " + second.length(), "");
        add(all, "Content-Length: " + second.length() + "\r\nContent-Length: 0", "");
        add(all, "Content-Length: 0, " + second.length(), "");
        add(all, "Content-Length : " + second.length(), "");
        for (String coding : OTHER_CODINGS) {
            add(all, coding, NO_CHUNKS);
            add(all, coding, "");
            add(all, coding + "\r\n" + lengthOfAll, NO_CHUNKS);
            add(all, lengthOfAll + "\r\n" + coding, NO_CHUNKS);
        }
        NO_LENGTHS.forEach(length -> add(all, "Content-Length: " + length, ""));
        NO_CHUNK_SIZES.forEach(size -> add(all, CHUNKED, size + "\r\n\r\n"));
        return all;
    }

    private void add(Map<String, String> all, String headers, String body) {
        all.put(headers + " | " + body, FIRST + headers + "\r\n\r\n" + body + second);
    }
}
