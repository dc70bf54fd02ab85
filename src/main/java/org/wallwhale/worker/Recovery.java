package org.wallwhale.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.wallwhale.download.Child;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.Holder;
import org.wallwhale.download.Orphan;
import org.wallwhale.engine.ChildProcess;

/** Takes up runs whose server is gone: ends what is left of the child, then gives the download its next chance. */
@ApplicationScoped
class Recovery {
    private static final Logger LOG = System.getLogger(Recovery.class.getName());
    private ClaimService claims;

    Recovery() {
    }

    @Inject
    Recovery(ClaimService claims) {
        this.claims = claims;
    }

    void recover(Holder holder, boolean ofOthers) {
        claims.orphans(holder, ofOthers).forEach(this::takeUp);
    }

    /** One that cannot be taken up hides no other; it is found again. */
    void takeUp(Orphan orphan) {
        try {
            if (orphan.child().map(Recovery::isGone).orElse(true) && claims.recover(orphan)) {
                LOG.log(Level.INFO, "Took up download " + orphan.claim().downloadId() + ", which nobody runs any longer.");
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Download " + orphan.claim().downloadId() + " could not be taken up; it is tried again.", e);
        }
    }

    private static boolean isGone(Child child) {
        try {
            return new ChildProcess(child.pid(), child.startedAt()).kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
