package org.wallwhale.download;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A batch on the wire.
 *
 * @param children its downloads, counted by status; one that two lines name counts once
 * @param items a result for each line, in their order
 */
public record BatchView(UUID id, Instant createdAt, Map<Status, Integer> children, List<Line> items, Map<String, String> links) {
    /** What became of a line. */
    @Schema(name = "BatchResult")
    public enum Result {
        ACCEPTED,
        /** The download of an earlier line, or one that was live already. */
        DUPLICATE,
        /** Refused; code and message say why. */
        INVALID
    }

    /**
     * One line.
     *
     * @param line its number, from 0
     * @param pubfileId null where it was refused
     * @param downloadId null where it was refused, or its download was deleted
     * @param status of the download now; null where there is none
     * @param code of the problem; null where it was not refused
     * @param message a sentence; null where it was not refused
     */
    @Schema(name = "BatchLine")
    public record Line(int line, Result result, String pubfileId, UUID downloadId, Status status, String code, String message) {
    }

    /** The same with its links, which need to know where the application lies. */
    BatchView linked(String batches) {
        String self = batches + "/" + id;
        return new BatchView(id, createdAt, children, items, Map.of("self", self, "zip", self + "/zip"));
    }
}
