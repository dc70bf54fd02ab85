package org.wallwhale.download;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One page of downloads, newest first unless sorted otherwise. */
public record DownloadList(List<DownloadView> downloads, Pagination pagination) {
    static final int MOST_COUNTED = 1_000;

    /**
     * Where the page lies.
     *
     * @param total all that match, but 1,000 where it is more
     * @param nextCursor for {@code ?after=}; null on the last page
     */
    @Schema(name = "DownloadPagination")
    public record Pagination(long total, int limit, int offset, boolean hasMore, String nextCursor) {
    }
}
