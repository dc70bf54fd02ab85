package org.wallwhale.steam;

import java.util.List;

/** One page of Steam accounts, by alias. */
public record AccountList(List<AccountView> steamUsers, Pagination pagination) {
    /**
     * Where the page lies.
     *
     * @param total all there are
     */
    public record Pagination(long total, int limit, int offset, boolean hasMore) {
    }
}
