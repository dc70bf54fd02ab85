package org.wallwhale.download;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Many new downloads at once. A line that is wrong is told in its result and does not hinder the others.
 *
 * @param items at most 1,000
 */
public record SubmitBatch(@NotNull(message = "items is missing")
        @Size(min = 1, max = 1000, message = "items must have 1 to 1,000 elements") List<SubmitDownload> items) {
}
