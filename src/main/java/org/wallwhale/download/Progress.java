package org.wallwhale.download;

import java.util.UUID;

/**
 * How far a running download is. Sampled, sent and forgotten: it is never stored.
 *
 * @param fence of the claim that it is the progress of
 * @param bytesTotal null while unknown
 * @param etaSeconds null while unknown
 */
public record Progress(UUID downloadId, UUID userId, long fence, int percent, long bytesDone, Long bytesTotal, long bytesPerSecond,
        Long etaSeconds) {
    private static final String UNKNOWN = "-";

    static Progress none(Download download) {
        return new Progress(download.id(), download.wish().userId(), download.lease().fence(), 0, 0, null, 0, null);
    }

    /** The same of a download that waits for this one's item. */
    public Progress seenBy(UUID otherId, UUID otherUserId) {
        return new Progress(otherId, otherUserId, fence, percent, bytesDone, bytesTotal, bytesPerSecond, etaSeconds);
    }

    /** For another instance. */
    String text() {
        return String.join(" ", downloadId.toString(), userId.toString(), String.valueOf(fence), String.valueOf(percent),
                String.valueOf(bytesDone), text(bytesTotal), String.valueOf(bytesPerSecond), text(etaSeconds));
    }

    private static String text(Long number) {
        return number == null ? UNKNOWN : number.toString();
    }

    /** What {@link #text} was made of; IllegalArgumentException for anything else. */
    static Progress of(String text) {
        String[] parts = text.split(" ");
        if (parts.length != 8) {
            throw new IllegalArgumentException("This is no progress: " + text);
        }
        return new Progress(UUID.fromString(parts[0]), UUID.fromString(parts[1]), Long.parseLong(parts[2]), Integer.parseInt(parts[3]),
                Long.parseLong(parts[4]), number(parts[5]), Long.parseLong(parts[6]), number(parts[7]));
    }

    private static Long number(String text) {
        return text.equals(UNKNOWN) ? null : Long.valueOf(text);
    }
}
