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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.access.Caller;
import org.wallwhale.database.NullableIdConverter;
import org.wallwhale.problem.Problem;

/**
 * One wish for one item. It is queued, then claimed and running, then finished; a failed or canceled one can be queued again.
 * Every method named after a transition refuses to start from a state it does not belong to. All times are the database's.
 */
@Entity
@Table(name = "downloads")
class Download {
    @Id
    private UUID id;
    @Column(name = "user_id")
    private UUID userId;
    @Column(name = "api_key_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID apiKeyId;
    @Column(name = "pubfile_id")
    private String pubfileId;
    @Column(name = "app_id")
    private long appId;
    @Enumerated(EnumType.STRING)
    private Source source;
    @Column(name = "account_name")
    private String accountName;
    @Column(name = "save_root")
    private String saveRoot;
    @Column(name = "export_folder")
    private String exportFolder;
    private int priority;
    @Column(name = "start_at")
    private Instant startAt;
    @Enumerated(EnumType.STRING)
    private Status status;
    @Enumerated(EnumType.STRING)
    private Phase phase;
    private String title;
    private String version;
    @Column(name = "content_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID contentId;
    private int attempt;
    @Column(name = "attempts_left")
    private int attemptsLeft;
    @Embedded
    private Lease lease;
    @Column(name = "log_seq")
    private long logSeq;
    @Column(name = "bytes_total")
    private Long bytesTotal;
    @Column(name = "error_code")
    private String errorCode;
    @Column(name = "error_message")
    private String errorMessage;
    @Column(name = "error_advice")
    private String errorAdvice;
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "updated_at")
    private Instant updatedAt;
    @Column(name = "started_at")
    private Instant startedAt;
    @Column(name = "completed_at")
    private Instant completedAt;
    @Column(name = "expires_at")
    private Instant expiresAt;

    Download() {
    }

    Download(Wish wish, int maxAttempts, Instant now) {
        id = UUID.randomUUID();
        userId = wish.userId();
        apiKeyId = wish.apiKeyId();
        pubfileId = wish.pubfileId();
        appId = wish.appId();
        source = wish.source();
        accountName = wish.accountName();
        saveRoot = wish.saveRoot();
        exportFolder = wish.exportFolder();
        priority = wish.priority();
        startAt = wish.startAt();
        createdAt = now;
        lease = new Lease();
        queue(maxAttempts, now);
    }

    private void queue(int attempts, Instant now) {
        status = Status.QUEUED;
        phase = Phase.WAITING;
        attemptsLeft = attempts;
        updatedAt = now;
    }

    /** QUEUED → RUNNING, held by one life of one instance until the lease ends. */
    void claim(Holder holder, long newFence, Instant now, Instant leaseEnd) {
        demand(status == Status.QUEUED, "claimed");
        status = Status.RUNNING;
        phase = Phase.LOGIN;
        attempt++;
        attemptsLeft--;
        lease.take(holder, newFence, leaseEnd);
        startAt = null;
        if (startedAt == null) {
            startedAt = now;
        }
        updatedAt = now;
    }

    /** True while {@code claimFence} is the newest claim; whoever gets false was overtaken and must not write. */
    boolean isHeldBy(long claimFence) {
        return status == Status.RUNNING && lease.fence() == claimFence;
    }

    /** Remembers the child, so that a later life of the server can end what this one left behind. */
    void childStarted(Child child, Instant now) {
        demand(status == Status.RUNNING, "started");
        lease.childStarted(child);
        updatedAt = now;
    }

    void describe(String knownTitle, Instant now) {
        title = knownTitle;
        updatedAt = now;
    }

    void enter(Phase next, Instant now) {
        demand(status == Status.RUNNING, "moved on");
        if (phase != Phase.CANCELING) {
            phase = next;
        }
        updatedAt = now;
    }

    /** RUNNING → SUCCESS. */
    void succeed(Delivery delivery, Instant now) {
        demand(status == Status.RUNNING, "finished");
        contentId = delivery.contentId();
        version = delivery.version();
        bytesTotal = delivery.sizeBytes();
        expiresAt = delivery.keptFor().map(now::plus).orElse(null);
        clearError();
        finish(Status.SUCCESS, Phase.READY, now);
    }

    /** RUNNING → FAILED; a run whose owner wants it canceled ends by {@link #canceled} whatever else happened. */
    void fail(Failure failure, Instant now) {
        demandStillWanted("failed");
        noteError(failure);
        finish(Status.FAILED, null, now);
    }

    /** RUNNING → QUEUED, to be tried again at {@code next}. */
    void retryLater(Failure failure, Instant next, Instant now) {
        demandStillWanted("tried again");
        demand(attemptsLeft > 0, "tried again");
        noteError(failure);
        lease.release();
        queue(attemptsLeft, now);
        startAt = next;
    }

    /** RUNNING → QUEUED, because the server and not the download is the reason; the attempt does not count. */
    void giveBack(Instant now) {
        demandStillWanted("given back");
        lease.release();
        queue(attemptsLeft + 1, now);
    }

    /** QUEUED → CANCELED; RUNNING → phase canceling, which its worker ends by {@link #canceled}; CANCELED stays. */
    void cancel(Instant now) {
        demand(status == Status.QUEUED || status == Status.RUNNING || status == Status.CANCELED, "canceled");
        if (status == Status.QUEUED) {
            finish(Status.CANCELED, null, now);
        } else if (status == Status.RUNNING) {
            lease.requestCancel();
            phase = Phase.CANCELING;
            updatedAt = now;
        }
    }

    /** RUNNING → CANCELED, by the worker that ended the child. */
    void canceled(Instant now) {
        demand(status == Status.RUNNING && lease.isCancelRequested(), "canceled by a worker");
        finish(Status.CANCELED, null, now);
    }

    /** FAILED or CANCELED → QUEUED, with all attempts again; SUCCESS only when its content was cleaned away. */
    void retry(int maxAttempts, Instant now) {
        demand(status == Status.FAILED || status == Status.CANCELED || status == Status.SUCCESS && contentId == null, "retried");
        clearError();
        startedAt = null;
        completedAt = null;
        expiresAt = null;
        queue(maxAttempts, now);
    }

    /** Its owner's and every administrator's; with a key of kind test only what came from the sandbox. */
    boolean isVisibleTo(Caller caller) {
        return (caller.mayReadAll() || userId.equals(caller.userId())) && (!caller.sandboxOnly() || source == Source.SANDBOX);
    }

    void demandDeletable() {
        demand(status.isFinished(), "deleted");
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
        startAt = null;
        completedAt = now;
        updatedAt = now;
    }

    private void noteError(Failure failure) {
        errorCode = failure.code();
        errorMessage = failure.message();
        errorAdvice = failure.advice();
    }

    private void clearError() {
        errorCode = null;
        errorMessage = null;
        errorAdvice = null;
    }

    private void demandStillWanted(String what) {
        demand(status == Status.RUNNING && !lease.isCancelRequested(), what);
    }

    private void demand(boolean legal, String what) {
        if (!legal) {
            throw Problem.CONFLICT.because("A download that is " + status.name().toLowerCase(Locale.ROOT)
                    + " cannot be " + what + ".");
        }
    }

    UUID id() {
        return id;
    }

    UUID userId() {
        return userId;
    }

    String pubfileId() {
        return pubfileId;
    }

    long appId() {
        return appId;
    }

    Source source() {
        return source;
    }

    String accountName() {
        return accountName;
    }

    String saveRoot() {
        return saveRoot;
    }

    String exportFolder() {
        return exportFolder;
    }

    int priority() {
        return priority;
    }

    Instant startAt() {
        return startAt;
    }

    Status status() {
        return status;
    }

    Phase phase() {
        return phase;
    }

    String title() {
        return title;
    }

    String version() {
        return version;
    }

    UUID contentId() {
        return contentId;
    }

    int attempt() {
        return attempt;
    }

    int attemptsLeft() {
        return attemptsLeft;
    }

    Lease lease() {
        return lease;
    }

    long logSeq() {
        return logSeq;
    }

    Long bytesTotal() {
        return bytesTotal;
    }

    Optional<Failure> error() {
        return errorCode == null ? Optional.empty() : Optional.of(new Failure(errorCode, errorMessage, errorAdvice));
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant completedAt() {
        return completedAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }
}
