package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;

/**
 * The worker's door to downloads. Every write carries the claim's fence; it returns false and writes nothing once a newer claim
 * exists. Each method is one transaction.
 */
@ApplicationScoped
public class ClaimService {
    private DownloadRepository downloads;
    private QueueRepository queue;
    private LogRepository log;
    private ClockRepository clock;
    private DownloadConfig config;
    private SeatingService seating;
    private Event<DownloadChanged> changed;

    ClaimService() {
    }

    @Inject
    ClaimService(DownloadRepository downloads, QueueRepository queue, LogRepository log, ClockRepository clock, DownloadConfig config,
            SeatingService seating, Event<DownloadChanged> changed) {
        this.downloads = downloads;
        this.queue = queue;
        this.log = log;
        this.clock = clock;
        this.config = config;
        this.seating = seating;
        this.changed = changed;
    }

    /** Claims the next download that may start now. */
    @Transactional
    public Optional<Claim> claim(Holder holder) {
        Capacity capacity = config.capacity();
        if (queue.isIdle(capacity)) {
            // the lock is a write: a commit on the disk for each submit to a queue that is paused
            return Optional.empty();
        }
        queue.lockClaims();
        seating.prepare();
        // after the wait for the lock: the lease would be shorter by it
        Instant now = clock.now();
        return queue.claimNext(holder, capacity, now, now.plus(config.lease())).map(download -> {
            seating.reserve(download, now);
            downloads.add(new Attempt(download, holder.instanceId(), now));
            log.append(download, LogLine.LINE, List.of("Attempt " + download.attempts().made() + " starts on " + holder.instanceId() + "."), now);
            announce(download, now);
            return Claim.of(download, config.maxAttempts(), downloads.maxRuntime(download));
        });
    }

    /** Renews all leases of this life of the instance and returns what it still holds. */
    @Transactional
    public List<Held> renew(Holder holder) {
        return downloads.renew(holder, clock.now().plus(config.lease())).stream()
                .map(download -> Held.of(download, config.maxAttempts())).toList();
    }

    /** Whether no newer claim exists. */
    @Transactional
    public boolean isHeld(Claim claim) {
        return downloads.find(claim.downloadId()).filter(download -> download.isHeldBy(claim.fence())).isPresent();
    }

    /** Whether somebody asked to cancel what this claim runs. */
    @Transactional
    public boolean isToBeCanceled(Claim claim) {
        return downloads.find(claim.downloadId())
                .filter(download -> download.isHeldBy(claim.fence()) && download.lease().isCancelRequested()).isPresent();
    }

    @Transactional
    public boolean childStarted(Claim claim, Child child) {
        return whileHeld(claim, (download, now) -> download.childStarted(child, now));
    }

    @Transactional
    public boolean describe(Claim claim, ItemFacts facts) {
        return whileHeld(claim, (download, now) -> download.describe(facts, now));
    }

    /** Whether so much fits on the disk, as it is now. */
    public boolean fits(long bytes) {
        return bytes <= config.capacity().freeBytes();
    }

    /** The queued downloads of the same item, which wait for this run; as many as are worth showing its progress, {@code most} at most. */
    @Transactional
    public List<Claim> waitingFor(Claim claim, int most) {
        return downloads.findQueued(claim.pubfileId(), claim.source(), most).stream().map(download -> Claim.of(download, config.maxAttempts()))
                .toList();
    }

    /** Appends to the download's log; the lines are told to readers after the commit. */
    @Transactional
    public boolean append(Claim claim, List<String> lines) {
        return whileHeld(claim, (download, now) -> {
            log.append(download, LogLine.LINE, lines, now);
            changed.fire(DownloadChanged.of(download));
        });
    }

    @Transactional
    public boolean enter(Claim claim, Phase phase) {
        return whileHeld(claim, (download, now) -> {
            download.enter(phase, now);
            downloads.getAttempt(download).enter(phase, now);
            announce(download, now);
        });
    }

    /** RUNNING → SUCCESS. {@code lines} close the log before the state is told. */
    @Transactional
    public boolean succeed(Claim claim, Delivery delivery, List<String> lines, int exitCode) {
        return whileHeld(claim, (download, now) -> {
            log.append(download, LogLine.LINE, lines, now);
            downloads.getAttempt(download).end(Attempt.SUCCESS, null, exitCode, now);
            download.succeed(delivery, now);
            announce(download, now);
        });
    }

    /**
     * RUNNING → QUEUED after {@code backoff} while attempts are left and a retry may help (a value is given), else FAILED. A
     * download to be canceled ends as that instead.
     */
    @Transactional
    public boolean fail(Claim claim, Failure failure, Optional<Duration> backoff, Integer exitCode) {
        return mayQueue(claim, (download, now) -> end(download, failure, backoff, exitCode, now));
    }

    /** RUNNING → CANCELED. */
    @Transactional
    public boolean canceled(Claim claim, Integer exitCode) {
        return whileHeld(claim, (download, now) -> endCanceled(download, exitCode, now));
    }

    /** RUNNING → QUEUED without counting the attempt: the server stops. A download to be canceled ends as that instead. */
    @Transactional
    public boolean giveBack(Claim claim) {
        return mayQueue(claim, (download, now) -> {
            if (download.lease().isCancelRequested()) {
                endCanceled(download, null, now);
                return;
            }
            downloads.getAttempt(download).end("interrupted", "The server stopped.", null, now);
            download.giveBack(now);
            log.append(download, LogLine.LINE, List.of("The server stops; the download waits for its return."), now);
            announce(download, now);
        });
    }

    /** Runs that earlier lives of this instance left behind and, if {@code ofOthers}, those of instances whose lease is over. */
    @Transactional
    public List<Orphan> orphans(Holder holder, boolean ofOthers) {
        Instant expired = ofOthers ? clock.now() : Instant.EPOCH;
        return downloads.findOrphans(holder, expired).stream()
                .map(download -> Orphan.of(download, config.maxAttempts(), holder)).toList();
    }

    /** Ends an orphaned run, whose child must be gone by now: canceled, queued again, or failed when no attempt is left. */
    @Transactional
    public boolean recover(Orphan orphan) {
        return mayQueue(orphan.claim(),
                (download, now) -> end(download, Failure.interrupted(), Optional.of(Duration.ZERO), null, now));
    }

    /** True while a run may still go on from what lies in the download's work folder: it is live, or failed not long ago. */
    @NeedsNoRoom
    @Transactional
    public boolean mayResume(UUID downloadId, Duration within) {
        Instant since = clock.now().minus(within);
        return downloads.find(downloadId).filter(download -> !download.status().isFinished()
                || download.status() == Status.FAILED && download.times().completedAt().isAfter(since)).isPresent();
    }

    private void end(Download download, Failure failure, Optional<Duration> backoff, Integer exitCode, Instant now) {
        if (download.lease().isCancelRequested()) {
            endCanceled(download, exitCode, now);
            return;
        }
        downloads.getAttempt(download).end(failure.code(), failure.message(), exitCode, now);
        if (backoff.isPresent() && download.attempts().left() > 0) {
            Instant next = now.plus(backoff.get());
            download.retryLater(failure, next, now);
            log.append(download, LogLine.LINE, List.of(failure.message(), "It is tried again at " + next + "."), now);
        } else {
            download.fail(failure, now);
            log.append(download, LogLine.LINE, List.of(failure.message() + " " + failure.advice(), "Archive not created."), now);
        }
        announce(download, now);
    }

    private void endCanceled(Download download, Integer exitCode, Instant now) {
        downloads.getAttempt(download).end("canceled", null, exitCode, now);
        download.canceled(now);
        log.append(download, LogLine.LINE, List.of("Canceled. Archive not created."), now);
        announce(download, now);
    }

    /** What a queued download waits for is written under the claims' lock, so that no change of accounts comes in between. */
    private boolean mayQueue(Claim claim, BiConsumer<Download, Instant> write) {
        queue.lockClaims();
        return whileHeld(claim, (download, now) -> {
            write.accept(download, now);
            seating.queued(download);
        });
    }

    private boolean whileHeld(Claim claim, BiConsumer<Download, Instant> write) {
        Optional<Download> held = downloads.lockHeld(claim.downloadId(), claim.fence());
        held.ifPresent(download -> write.accept(download, clock.now()));
        return held.isPresent();
    }

    private void announce(Download download, Instant now) {
        log.append(download, LogLine.STATE, List.of(download.status().name()), now);
        changed.fire(DownloadChanged.of(download));
    }
}
