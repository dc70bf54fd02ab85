package org.wallwhale.download;

import java.util.Optional;

/** A run whose server is gone: what is left of it must be ended before the download may run again. */
public record Orphan(Claim claim, Optional<Child> child) {
    static Orphan of(Download download) {
        return new Orphan(Claim.of(download), download.lease().child());
    }
}
