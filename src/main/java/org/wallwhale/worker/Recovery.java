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

    void recover(Holder holder) {
        claims.orphans(holder).forEach(this::takeUp);
    }

    void takeUp(Orphan orphan) {
        if (orphan.child().map(Recovery::isGone).orElse(true) && claims.recover(orphan)) {
            LOG.log(Level.INFO, "Took up download " + orphan.claim().downloadId() + ", which nobody runs any longer.");
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
