package org.wallwhale.rest;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/** Things with a version that grows with every change: their ETag, and the If-Match of who changes them (RFC 9110, 13.1.1). */
public final class IfMatch {
    private IfMatch() {
    }

    /** Strong and quoted. */
    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** True for every version when {@code header} is null, because it was not sent; a weak tag matches none. */
    public static LongPredicate of(String header) {
        List<String> tags = header == null ? List.of("*") : Arrays.stream(header.split(",")).map(String::strip).toList();
        return version -> tags.contains("*") || tags.contains(etag(version));
    }
}
