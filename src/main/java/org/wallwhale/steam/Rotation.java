package org.wallwhale.steam;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.wallwhale.access.Caller;

/** Rotates the sealing keys, in as many transactions as there are accounts. */
@ApplicationScoped
public class Rotation {
    private RotationService rotation;

    Rotation() {
    }

    @Inject
    Rotation(RotationService rotation) {
        this.rotation = rotation;
    }

    /** As {@link RotationService#confirmKeys}. */
    public void confirmKeys() {
        rotation.confirmKeys();
    }

    RotationView rotate(Caller caller) {
        rotation.addKey(caller);
        return new RotationView(resealAll());
    }

    /** What older keys have sealed is sealed by the newest; returns how many accounts that were. */
    public int resealAll() {
        List<UUID> outdated = rotation.outdated();
        outdated.forEach(rotation::reseal);
        return outdated.size();
    }
}
