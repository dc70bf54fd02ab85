package org.wallwhale.download;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One page of the caller's batches, newest first. */
public record BatchList(List<Entry> batches, Pagination pagination) {
    /**
     * A batch without its lines.
     *
     * @param lines how many there are, refused ones included
     * @param children its downloads, counted by status; one that two lines name counts once
     */
    @Schema(name = "BatchSummary")
    public record Entry(UUID id, Instant createdAt, int lines, Map<Status, Integer> children) {
    }

    /**
     * Where the page lies.
     *
     * @param total all there are
     */
    public record Pagination(long total, int limit, int offset, boolean hasMore) {
    }
}
