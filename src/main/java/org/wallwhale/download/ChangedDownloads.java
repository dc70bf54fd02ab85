package org.wallwhale.download;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of each download, in the order of the ids. */
public record ChangedDownloads(List<Line> results) {
    /** Whether the action was done, was refused, or found no such download that the caller may see. */
    @Schema(name = "ChangeResult")
    public enum Result { DONE, REFUSED, MISSING }

    /**
     * What became of one download.
     *
     * @param code of the problem, such as {@code conflict}; null when it was done
     * @param message why it was not done, a sentence; null when it was done
     * @param download as it is now; null when it was deleted, or not done
     */
    @Schema(name = "ChangedDownload")
    public record Line(UUID id, Result result, String code, String message, DownloadView download) {
        private Line linked(String downloads) {
            return new Line(id, result, code, message, download == null ? null : download.linked(downloads));
        }
    }

    ChangedDownloads linked(String downloads) {
        return new ChangedDownloads(results.stream().map(line -> line.linked(downloads)).toList());
    }
}
