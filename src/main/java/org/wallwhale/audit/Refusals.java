package org.wallwhale.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Puts refusals on record. Those that could come without end, of strangers and of callers beyond their limits, are one entry for
 * the first and then one a minute, that of the last with how many there were: an attacker could fill the disk otherwise. All
 * addresses of an IPv6 /64 are one stranger. A kill takes the count of the last minute with it.
 */
@ApplicationScoped
public class Refusals {
    private static final Logger LOG = System.getLogger(Refusals.class.getName());
    /** Whoever has what follows has what is shared. */
    private static final Pattern LINK = Pattern.compile("^(/*(?:(?:api/)?v1/)?(?:shared|s)/).+");
    private AuditService audit;
    private RefusalTally tally;
    private volatile boolean failing;

    Refusals() {
    }

    @Inject
    Refusals(AuditService audit) {
        this(audit, System::nanoTime);
    }

    Refusals(AuditService audit, LongSupplier nanoTime) {
        this.audit = audit;
        tally = new RefusalTally(nanoTime);
    }

    /**
     * A refusal stays one even if it cannot be recorded: never throws.
     *
     * @param action the method, in lower case
     * @param subject the path, of which no share link is put on record
     * @param why the sentence that the client gets
     */
    public void add(Actor actor, String action, String subject, String why, int status) {
        Refusal refusal = Refusal.of(actor, action, LINK.matcher(subject).replaceFirst("$1…"), why, status);
        if (refusal.isEndless() && !tally.isFirst(refusal)) {
            return;
        }
        try {
            audit.refused(refusal, why);
            failing = false;
        } catch (RuntimeException e) {
            LOG.log(failing ? Level.DEBUG : Level.WARNING, "A refusal could not be put on record, " + status + " " + why + "; it is tried again: " + e);
            failing = true;
            tally.count(refusal);
        }
    }

    /** Writes the counts of minutes that are over. After the first that fails the others wait for the next time. Never throws. */
    public void write() {
        write(false);
    }

    /** Writes all counts, because no next time will come. */
    public void writeAll() {
        write(true);
    }

    private synchronized void write(boolean all) {
        try {
            for (RefusalTally.Sum sum : tally.due(all)) {
                audit.refused(sum.last(), "The last of " + sum.count() + " refusals " + sum.source() + " within " + sum.seconds()
                        + " s: " + sum.last().why());
                tally.written(sum);
                failing = false;
            }
        } catch (RuntimeException e) {
            LOG.log(failing ? Level.DEBUG : Level.WARNING, "Refusals could not be put on record; it is tried again: " + e);
            failing = true;
        }
    }
}
