package org.wallwhale.download;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.database.NullableIdConverter;
import org.wallwhale.problem.Problem;
import org.wallwhale.steam.Seat;

/**
 * One wish for one item. It is queued, then claimed and running, then finished; a failed or canceled one can be queued again.
 * Every method named after a transition refuses to start from a state it does not belong to; all transitions stand in this one
 * class, which is why it is long. All times are the database's.
 */
@Entity
@Table(name = "downloads")
class Download {
    @Id
    private UUID id;
    @Embedded
    private Wish wish;
    @Enumerated(EnumType.STRING)
    private Status status;
    @Enumerated(EnumType.STRING)
    private Phase phase;
    @Embedded
    private Description description;
    @Column(name = "parent_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID parentId;
    @Embedded
    private Holdings holdings;
    @Embedded
    private Attempts attempts;
    @Embedded
    private Lease lease;
    @Embedded
    private Seating seating;
    @Embedded
    private Times times;
    @Column(name = "log_seq")
    private long logSeq;

    Download() {
    }

    /** {@code startAt} may be null: at once. */
    Download(Wish wish, Instant startAt, int maxAttempts, Instant now) {
        id = UUID.randomUUID();
        this.wish = wish;
        attempts = new Attempts(maxAttempts, startAt);
        lease = new Lease();
        seating = new Seating();
        times = new Times(now);
        description = new Description();
        holdings = new Holdings();
        queue(now);
    }

    /** A part of this collection. */
    Download part(String pubfileId, int maxAttempts, Instant now) {
        Download part = new Download(wish.of(pubfileId), null, maxAttempts, now);
        part.parentId = id;
        return part;
    }

    private void queue(Instant now) {
        status = Status.QUEUED;
        phase = Phase.WAITING;
        times.changed(now);
    }

    /** QUEUED → RUNNING, held by one life of one instance until the lease ends. */
    void claim(Holder holder, long newFence, Instant now, Instant leaseEnd) {
        demand(status == Status.QUEUED, "claimed");
        status = Status.RUNNING;
        phase = Phase.LOGIN;
        holdings = holdings().unmeasured();
        seating.leave();
        attempts.start();
        lease.take(holder, newFence, leaseEnd);
        times.started(now);
    }

    /** True while {@code claimFence} is the newest claim of an item; whoever gets false was overtaken and must not write. */
    boolean isHeldBy(long claimFence) {
        return status == Status.RUNNING && !isCollection() && lease.fence() == claimFence;
    }

    /** Remembers the child, so that a later life of the server can end what this one left behind. */
    void childStarted(Child child, Instant now) {
        demand(status == Status.RUNNING, "started");
        lease.childStarted(child);
        times.changed(now);
    }

    /** What Steam says of the item; its app is the one that it is fetched with from now on. */
    void describe(ItemFacts facts, Instant now) {
        description.become(facts);
        wish = facts.appId() == 0 ? wish : wish.withApp(facts.appId());
        times.changed(now);
    }

    /** It turned out to be a collection, and runs from now on as long as one of its parts does: nobody holds it. */
    void expand(Instant now) {
        demandStillWanted("expanded");
        description.becomeCollection();
        phase = Phase.DOWNLOADING;
        lease.release();
        times.changed(now);
    }

    /** RUNNING → SUCCESS or FAILED, when all parts of a collection are finished; what some of them failed by is its error. */
    void endCollection(Status end, Optional<Failure> failure, long sizeBytes, Instant now) {
        demand(isCollection() && status == Status.RUNNING, "finished");
        attempts.forgetError();
        failure.ifPresent(attempts::failed);
        holdings = holdings().measured(sizeBytes);
        finish(end, end == Status.SUCCESS ? Phase.READY : null, now);
    }

    /** A finished collection runs again, because some of its parts do, by the given API key or none. */
    void reopen(UUID keyId, Instant now) {
        demand(isCollection() && status.isFinished(), "opened again");
        wish = wish.with(keyId);
        status = Status.RUNNING;
        phase = Phase.DOWNLOADING;
        holdings = holdings().unmeasured();
        attempts.forgetError();
        times.startOver();
        times.started(now);
    }

    /** A collection that runs is its owner's alone once parts of it run by different API keys: the end of one key is not its end. */
    void joinedBy(UUID keyId) {
        demand(isCollection() && status == Status.RUNNING, "joined");
        if (!Objects.equals(wish.apiKeyId(), keyId)) {
            wish = wish.with(null);
        }
    }

    /** QUEUED → FAILED, without a run. */
    void refuse(Failure failure, Instant now) {
        demand(status == Status.QUEUED, "refused");
        attempts.failed(failure);
        finish(Status.FAILED, null, now);
    }

    boolean isCollection() {
        return description.kind() == Kind.COLLECTION;
    }

    void enter(Phase next, Instant now) {
        demand(status == Status.RUNNING, "moved on");
        if (phase != Phase.CANCELING) {
            phase = next;
        }
        times.changed(now);
    }

    /** The run's content is known and counts towards its owner's storage, until the run ends without it. */
    void reserve(String foundVersion, long sizeBytes, Instant now) {
        demand(status == Status.RUNNING, "given room");
        holdings = holdings().reserved(foundVersion, sizeBytes);
        times.changed(now);
    }

    /** RUNNING → SUCCESS. */
    void succeed(Delivery delivery, Instant now) {
        demand(status == Status.RUNNING, "finished");
        holdings = holdings().delivered(delivery, now);
        attempts.forgetError();
        finish(Status.SUCCESS, Phase.READY, now);
    }

    /** RUNNING → FAILED; a run whose owner wants it canceled ends by {@link #canceled} whatever else happened. */
    void fail(Failure failure, Instant now) {
        demandStillWanted("failed");
        attempts.failed(failure);
        finish(Status.FAILED, null, now);
    }

    /** RUNNING → QUEUED, to be tried again at {@code next}. */
    void retryLater(Failure failure, Instant next, Instant now) {
        demandStillWanted("tried again");
        demand(attempts.left() > 0, "tried again");
        attempts.failed(failure);
        attempts.retryAt(next);
        lease.release();
        queue(now);
    }

    /** RUNNING → QUEUED, because the server and not the download is the reason; the attempt does not count. */
    void giveBack(Instant now) {
        demandStillWanted("given back");
        attempts.giveBack();
        lease.release();
        queue(now);
    }

    /** RUNNING goes on with this seat, in place of any other. */
    void sit(Seat seat, Instant now) {
        demand(status == Status.RUNNING, "logged in");
        seating.take(seat);
        times.changed(now);
    }

    /** RUNNING → QUEUED until a seat is free, at {@code next} if that is known (null otherwise); the attempt does not count. */
    void waitForSeat(Instant next, Instant now) {
        giveBack(now);
        attempts.retryAt(next);
        seating.needed(true);
    }

    /** QUEUED → CANCELED; RUNNING → phase canceling, which its worker ends by {@link #canceled}; CANCELED stays. */
    void cancel(Instant now) {
        demand(status == Status.QUEUED || status == Status.RUNNING || status == Status.CANCELED, "canceled");
        if (status == Status.QUEUED || status == Status.RUNNING && isCollection()) {
            finish(Status.CANCELED, null, now);
        } else if (status == Status.RUNNING) {
            lease.requestCancel();
            phase = Phase.CANCELING;
            times.changed(now);
        }
    }

    /** As {@link #cancel}, for a reason that the owner is told as the download's error. */
    void cancelBecause(Failure reason, Instant now) {
        cancel(now);
        attempts.failed(reason);
    }

    /** RUNNING → CANCELED, by the worker that ended the child. */
    void canceled(Instant now) {
        demand(status == Status.RUNNING && lease.isCancelRequested(), "canceled by a worker");
        finish(Status.CANCELED, null, now);
    }

    /** FAILED or CANCELED → QUEUED, with all attempts again, by the given API key or none; SUCCESS only when its content was cleaned away. */
    void retry(int maxAttempts, UUID keyId, Instant now) {
        demand(status == Status.FAILED || status == Status.CANCELED || status == Status.SUCCESS && !holdings().hasContent(),
                status == Status.SUCCESS ? "retried as long as its content is there" : "retried");
        wish = wish.with(keyId);
        seating.needed(false);
        attempts.renew(maxAttempts);
        times.startOver();
        holdings = holdings().withoutEnd();
        queue(now);
    }

    /** Of a live one; {@code startAt} may be null, and only that of a queued one may change. False where all is so already. */
    boolean change(int priority, Instant startAt, Instant now) {
        boolean starts = !Objects.equals(startAt, attempts.startAt());
        demand(status == Status.QUEUED || status == Status.RUNNING && !starts, status == Status.RUNNING ? "given a start time" : "changed");
        if (!starts && priority == wish.priority()) {
            return false;
        }
        wish = wish.with(priority);
        attempts.retryAt(startAt);
        if (starts && startAt != null) {
            // the time is the owner's now: a change of the accounts must not take it away
            seating.needed(false);
        }
        times.changed(now);
        return true;
    }

    void demandRetriable() {
        demand(status.isFinished(), "retried");
    }

    void demandDeletable() {
        demand(status.isFinished(), "deleted: cancel it first");
    }

    /** Takes the next {@code count} numbers of this download's log and returns the first. Call it under the row's lock. */
    long takeLogNumbers(int count) {
        long first = logSeq + 1;
        logSeq += count;
        return first;
    }

    private void finish(Status end, Phase endPhase, Instant now) {
        lease.release();
        status = end;
        phase = endPhase;
        attempts.end();
        times.completed(now);
    }

    private void demandStillWanted(String what) {
        demand(status == Status.RUNNING && !lease.isCancelRequested(), what);
    }

    private void demand(boolean legal, String what) {
        if (!legal) {
            throw Problem.CONFLICT.because("A download that " + status.words() + " cannot be " + what + ".");
        }
    }

    UUID id() {
        return id;
    }

    Wish wish() {
        return wish;
    }

    Status status() {
        return status;
    }

    Phase phase() {
        return phase;
    }

    Description description() {
        return description;
    }

    /** Null unless it is a part of a collection. */
    UUID parentId() {
        return parentId;
    }

    /** An embeddable of nothing but nulls is read as none. */
    Holdings holdings() {
        return holdings == null ? new Holdings() : holdings;
    }

    Attempts attempts() {
        return attempts;
    }

    Lease lease() {
        return lease;
    }

    Seating seating() {
        return seating;
    }

    Times times() {
        return times;
    }

    long logSeq() {
        return logSeq;
    }

    /** For those who change it: whoever does so leaves another one. */
    long revision() {
        return times.updatedAt().toEpochMilli();
    }
}
