package org.wallwhale.download;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One action on many downloads.
 *
 * @param ids at most 200; one that comes twice counts once
 */
public record ChangeDownloads(
        @NotNull(message = "ids is missing") @Size(min = 1, max = 200, message = "ids must have 1 to 200 elements")
        List<@NotNull(message = "an id is null") UUID> ids,
        @NotNull(message = "action is missing: it is cancel, retry or delete") Action action) {
    /** What is done with each of them. */
    @Schema(name = "ChangeAction")
    public enum Action {
        CANCEL, RETRY, DELETE;

        /** How a single one is asked for, here and below. */
        String method() {
            return this == DELETE ? "delete" : "post";
        }

        String path(UUID id) {
            return "downloads/" + id + (this == DELETE ? "" : "/" + name().toLowerCase(Locale.ROOT));
        }
    }
}
