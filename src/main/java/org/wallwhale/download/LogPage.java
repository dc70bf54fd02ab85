package org.wallwhale.download;

import java.util.List;

/**
 * Consecutive entries of a download's log, and the download as it was when they were read.
 *
 * @param newest the newest number of the whole log; entries beyond it are not in the page
 */
public record LogPage(DownloadView download, long newest, List<LogEntry> entries) {
}
