package org.wallwhale.download;

import java.util.List;

/** The newest 100 runs of a download, the oldest of them first. Of a collection: the run that found out what it is; its items have their own. */
public record AttemptList(List<AttemptView> attempts) {
}
