package org.wallwhale.engine;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the head of a web server's answer says of the bytes that follow (RFC 9110, 8.8.3 and 14.4). */
final class WebFileHead {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:([0-9]{1,18})-[0-9]{1,18}|\\*)/([0-9]{1,18}|\\*)");
    private final int status;
    private final HttpHeaders headers;
    private final Matcher range;

    WebFileHead(int status, HttpHeaders headers) {
        this.status = status;
        this.headers = headers;
        this.range = CONTENT_RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
    }

    /** The whole file follows. */
    boolean isWhole() {
        return status == 200;
    }

    /** What follows goes on at this byte. */
    boolean goesOnAt(long bytes) {
        return status == 206 && range.matches() && String.valueOf(bytes).equals(range.group(1));
    }

    /** Nothing follows, because the file has no more than these bytes. */
    boolean endsAt(long bytes) {
        return status == 416 && range.matches() && bytes > 0 && String.valueOf(bytes).equals(range.group(2));
    }

    /** Of the whole file, whatever follows of it; -1 where the server does not say. */
    long fileBytes() {
        return isWhole() ? headers.firstValueAsLong("Content-Length").orElse(-1)
                : range.matches() && !range.group(2).equals("*") ? Long.parseLong(range.group(2)) : -1;
    }

    /** Strong ones only: with a weak one a range may be of other bytes. */
    Optional<String> validator() {
        return headers.firstValue("ETag").filter(tag -> tag.startsWith("\"") && tag.length() <= 200);
    }
}
