package org.wallwhale.steam;

import java.util.UUID;

/** Somebody answered Steam Guard. Fired in the transaction of the answer. */
public record PromptAnswered(UUID subjectId) {
}
