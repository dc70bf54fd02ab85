package org.wallwhale.download;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;

/**
 * The body of a new download.
 *
 * @param urlOrId a published file id, or an address of the item in one of the known forms
 * @param accountName the alias of an account, {@code sandbox}, or null for the server's choice
 * @param saveRoot a relative folder below the export root, such as {@code mods/wallpapers}, where the content shall appear too; needs
 *     the scope {@code download:export}, without which it has no effect
 * @param priority higher goes first; 0 if absent
 * @param startAt not before this time
 */
public record SubmitDownload(
        @NotBlank(message = "urlOrId is missing") @Size(max = 2048, message = "urlOrId is longer than 2,048 characters") String urlOrId,
        @Size(max = 100, message = "accountName is longer than 100 characters") String accountName,
        @Size(max = 500, message = "saveRoot is longer than 500 characters") String saveRoot,
        @Min(value = -100, message = "priority is below -100") @Max(value = 100, message = "priority is above 100") Integer priority,
        Instant startAt) {
}
