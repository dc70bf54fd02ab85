package org.wallwhale.access;

import java.util.List;

/** One page of API keys, newest first. */
public record ApiKeyList(List<ApiKeyView> apiKeys, Pagination pagination) {
    /**
     * Where the page lies.
     *
     * @param total all there are
     */
    public record Pagination(long total, int limit, int offset, boolean hasMore) {
    }
}
