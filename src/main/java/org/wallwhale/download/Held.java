package org.wallwhale.download;

import java.util.Optional;

/** A claim that this life of the instance still holds by the table, and whether its owner wants it ended. */
public record Held(Claim claim, boolean cancelRequested, Optional<Child> child) {
    static Held of(Download download, int maxAttempts) {
        return new Held(Claim.of(download, maxAttempts), download.lease().isCancelRequested(), download.lease().child());
    }

    /** The same for a run that nobody runs. */
    public Orphan abandoned() {
        return new Orphan(claim, child);
    }
}
