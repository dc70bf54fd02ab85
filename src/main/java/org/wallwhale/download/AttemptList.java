package org.wallwhale.download;

import java.util.List;

/** The newest 100 runs of a download, the oldest of them first. A collection has none: its items have. */
public record AttemptList(List<AttemptView> attempts) {
}
