package org.wallwhale.download;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.wallwhale.download.DownloadRepository.PartCount;

/**
 * How the parts of a collection stand.
 *
 * @param progress of all of them together
 */
record Parts(Map<Status, Integer> counts, boolean contentAvailable, Progress progress) {
    /** {@code running} is what those that run have so far. */
    static Parts of(Download collection, List<PartCount> found, List<Progress> running) {
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            counts.put(status, 0);
        }
        found.forEach(count -> counts.put(count.status(), count.parts()));
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        int finished = all - counts.get(Status.QUEUED) - counts.get(Status.RUNNING);
        int percent = all == 0 ? 0 : (finished * 100 + running.stream().mapToInt(Progress::percent).sum()) / all;
        long bytes = bytes(found) + running.stream().mapToLong(Progress::bytesDone).sum();
        return new Parts(counts, found.stream().anyMatch(count -> count.status() == Status.SUCCESS && count.withContent() > 0),
                new Progress(collection.id(), collection.wish().userId(), collection.lease().fence(), percent, bytes, null,
                        running.stream().mapToLong(Progress::bytesPerSecond).sum(), null));
    }

    /** Of the content that is there. */
    static long bytes(List<PartCount> found) {
        return found.stream().filter(count -> count.status() == Status.SUCCESS).mapToLong(PartCount::bytes).sum();
    }
}
