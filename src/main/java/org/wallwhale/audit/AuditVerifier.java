package org.wallwhale.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wallwhale.audit.AuditChainService.Ends;
import org.wallwhale.problem.Problem;

/**
 * Reads the whole chain and recomputes every hash: in pages, each in a transaction of its own, so that neither memory nor a
 * connection is held for long however long the chain is. What is linked meanwhile is left for the next time.
 */
@ApplicationScoped
public class AuditVerifier {
    private final AtomicBoolean busy = new AtomicBoolean();
    private AuditChainService chain;

    AuditVerifier() {
    }

    @Inject
    AuditVerifier(AuditChainService chain) {
        this.chain = chain;
    }

    /** UNAVAILABLE while this instance does it already: each costs a thread and a core. */
    public AuditVerification verify() {
        if (!busy.compareAndSet(false, true)) {
            throw Problem.UNAVAILABLE.because("The audit log is being verified already; ask again when that is done.");
        }
        try {
            Ends ends = chain.ends();
            AuditVerification found = read(ends);
            for (Ends now = chain.ends(); !found.intact() && areLater(now, ends); now = chain.ends()) {
                ends = now;
                found = read(ends);
            }
            return found;
        } finally {
            busy.set(false);
        }
    }

    /** Old days went while they were read, which looks as if somebody had removed them. */
    private static boolean areLater(Ends now, Ends before) {
        return now.fault().isEmpty() && now.chain().droppedPosition() > before.chain().droppedPosition();
    }

    private AuditVerification read(Ends ends) {
        ChainCheck check = new ChainCheck(ends.chain().droppedPosition(), ends.chain().droppedHash());
        Optional<String> fault = ends.fault().isPresent() ? ends.fault() : follow(check, ends.chain());
        return AuditVerification.of(check, chain.waiting(), fault);
    }

    private Optional<String> follow(ChainCheck check, AuditChain ends) {
        for (List<AuditEntryView> page = next(check, ends); !page.isEmpty(); page = next(check, ends)) {
            for (AuditEntryView entry : page) {
                Optional<String> fault = check.follow(entry);
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return check.endAt(ends.lastPosition(), ends.lastHash());
    }

    private List<AuditEntryView> next(ChainCheck check, AuditChain ends) {
        return chain.links(check.position(), ends.lastPosition());
    }
}
