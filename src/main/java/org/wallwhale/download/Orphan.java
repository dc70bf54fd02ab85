package org.wallwhale.download;

import java.util.Optional;

/**
 * A run whose server is gone: what is left of it must be ended before the download may run again.
 *
 * @param child only of one's own instance: the process id of another's may be anybody's here. A child without a server is killed by
 *     its guard, sooner than any lease ends
 */
public record Orphan(Claim claim, Optional<Child> child) {
    static Orphan of(Download download, int maxAttempts, Holder finder) {
        return new Orphan(Claim.of(download, maxAttempts),
                download.lease().child().filter(child -> download.lease().isOf(finder.instanceId())));
    }
}
