package org.wallwhale.download;

import java.util.List;

/** One page of downloads, newest first unless sorted otherwise. */
public record DownloadList(List<DownloadView> downloads, Pagination pagination) {
    /**
     * Where the page lies.
     *
     * @param total all that match
     * @param nextCursor for {@code ?after=}; null on the last page
     */
    public record Pagination(long total, int limit, int offset, boolean hasMore, String nextCursor) {
    }
}
