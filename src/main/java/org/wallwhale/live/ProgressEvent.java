package org.wallwhale.live;

import org.wallwhale.download.Progress;

/** Progress on the wire, in the stream of one download. */
record ProgressEvent(int percent, long bytesDone, Long bytesTotal, long bytesPerSecond, Long etaSeconds) {
    static String json(Progress progress) {
        return Frame.json(new ProgressEvent(progress.percent(), progress.bytesDone(), progress.bytesTotal(),
                progress.bytesPerSecond(), progress.etaSeconds()));
    }
}
