package org.wallwhale.download;

import java.util.UUID;

/** A claim that this life of the instance still holds, and whether its owner wants it ended. */
public record Held(UUID downloadId, long fence, boolean cancelRequested) {
}
