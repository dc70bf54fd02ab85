package org.wallwhale.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** The body of a rotation. {@code graceSeconds} is how long the old text goes on to work: a day if null, a week at most. */
public record RotateApiKey(
        @Min(value = 0, message = "graceSeconds must be from 0 to 604800") @Max(value = 604_800,
                message = "graceSeconds must be from 0 to 604800") Integer graceSeconds) {
}
