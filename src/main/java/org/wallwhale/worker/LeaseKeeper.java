package org.wallwhale.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.DownloadConfig;
import org.wallwhale.download.Held;
import org.wallwhale.download.Holder;
import org.wallwhale.download.Orphan;
import org.wallwhale.engine.Stop;

/**
 * Renews this instance's leases and compares the table with what really runs. The table decides: a run that it no longer shows as
 * ours was overtaken, and a claim that nobody here runs is taken up again, or its lease would be renewed for ever.
 */
@ApplicationScoped
class LeaseKeeper {
    private ClaimService claims;
    private Recovery recovery;
    private Duration lease;
    private LongSupplier nanoTime;
    private Set<Long> strays = Set.of();
    private volatile List<Orphan> abandoned = List.of();
    private long inTouchSince;
    private long lastContact;

    LeaseKeeper() {
    }

    @Inject
    LeaseKeeper(ClaimService claims, Recovery recovery, DownloadConfig config) {
        this(claims, recovery, config, System::nanoTime);
    }

    LeaseKeeper(ClaimService claims, Recovery recovery, DownloadConfig config, LongSupplier nanoTime) {
        this.claims = claims;
        this.recovery = recovery;
        this.lease = config.lease();
        this.nanoTime = nanoTime;
        inTouchSince = nanoTime.getAsLong();
        lastContact = inTouchSince;
    }

    /** {@code running} is read before and after the table, because claims come and go meanwhile. */
    synchronized void renew(Holder holder, Collection<Running> running) {
        List<Running> before = List.copyOf(running);
        List<Held> held = renewed(holder);
        Map<Long, Running> after = running.stream().collect(Collectors.toMap(run -> run.claim().fence(), run -> run));
        Set<Long> heldFences = held.stream().map(claim -> claim.claim().fence()).collect(Collectors.toSet());
        before.stream().filter(run -> !heldFences.contains(run.claim().fence())).forEach(run -> run.control().end(Stop.OVERTAKEN));
        Set<Long> nowStray = new HashSet<>();
        for (Held claim : held) {
            Running run = after.get(claim.claim().fence());
            if (run == null) {
                nowStray.add(claim.claim().fence());
            } else if (claim.cancelRequested()) {
                run.control().end(Stop.CANCELED);
            }
        }
        // Twice in a row: a claim that was just committed is not in a slot yet.
        abandoned = held.stream().filter(claim -> nowStray.contains(claim.claim().fence()) && strays.contains(claim.claim().fence()))
                .map(Held::abandoned).toList();
        strays = nowStray;
    }

    /** Takes up the claims that nobody here runs. It may have to wait for a child's end, which must not delay the leases. */
    void takeUpAbandoned() {
        abandoned.forEach(recovery::takeUp);
    }

    /**
     * True after one full lease of contact with the database: when it was away, everybody's leases ran out, and those who are back
     * first must not take from the others. A call that only took very long counts as away.
     */
    synchronized boolean mayTakeFromOthers() {
        long now = nanoTime.getAsLong();
        return now - inTouchSince > lease.toNanos() && now - lastContact <= lease.toNanos();
    }

    private List<Held> renewed(Holder holder) {
        try {
            List<Held> held = claims.renew(holder);
            if (nanoTime.getAsLong() - lastContact > lease.toNanos()) {
                inTouchSince = nanoTime.getAsLong();
            }
            lastContact = nanoTime.getAsLong();
            return held;
        } catch (RuntimeException e) {
            inTouchSince = nanoTime.getAsLong();
            throw e;
        }
    }
}
