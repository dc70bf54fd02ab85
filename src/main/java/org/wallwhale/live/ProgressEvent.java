package org.wallwhale.live;

import org.wallwhale.download.Progress;

/**
 * Progress on the wire, in the stream of one download.
 *
 * @param percent 0 to 100
 * @param bytesTotal null until it is known
 * @param etaSeconds null while nobody can tell
 */
record ProgressEvent(int percent, long bytesDone, Long bytesTotal, long bytesPerSecond, Long etaSeconds) {
    static String json(Progress progress) {
        return Frame.json(new ProgressEvent(progress.percent(), progress.bytesDone(), progress.bytesTotal(),
                progress.bytesPerSecond(), progress.etaSeconds()));
    }
}
