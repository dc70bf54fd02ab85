package org.wallwhale.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/** Things with a version that grows with every change: their ETag, and the If-Match of who changes them (RFC 9110, 13.1.1). */
public final class IfMatch {
    private IfMatch() {
    }

    /** Strong and quoted. */
    public static String etag(int version) {
        return "\"" + version + "\"";
    }

    /** True for every version when the header was not sent; a weak tag matches none. */
    public static IntPredicate of(HttpServletRequest request) {
        List<String> tags = Collections.list(request.getHeaders("If-Match")).stream()
                .flatMap(header -> Arrays.stream(header.split(","))).map(String::strip).toList();
        return version -> tags.isEmpty() || tags.contains("*") || tags.contains(etag(version));
    }
}
