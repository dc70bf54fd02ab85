package org.wallwhale.access;

import java.util.List;

/** One page of users, the oldest first. */
public record UserList(List<UserView> users, Pagination pagination) {
    /**
     * Where the page lies.
     *
     * @param total all that match
     */
    public record Pagination(long total, int limit, int offset, boolean hasMore) {
    }
}
