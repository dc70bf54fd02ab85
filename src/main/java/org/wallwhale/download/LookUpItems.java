package org.wallwhale.download;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Items to be looked up.
 *
 * @param urlOrIds ids or addresses, at most 100
 */
public record LookUpItems(@NotNull(message = "urlOrIds is missing")
        @Size(min = 1, max = 100, message = "urlOrIds must have 1 to 100 elements") List<String> urlOrIds) {
}
