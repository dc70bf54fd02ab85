package org.wallwhale.download;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Optional;

/** Who runs a download and until when; free when nobody does. The fence stays as the number of the last claim. */
@Embeddable
class Lease {
    private long fence;
    @Column(name = "instance_id")
    private String instanceId;
    @Column(name = "boot_id")
    private String bootId;
    @Column(name = "lease_until")
    private Instant until;
    @Column(name = "child_pid")
    private Long childPid;
    @Column(name = "child_started_at")
    private Instant childStartedAt;
    @Column(name = "cancel_requested")
    private boolean cancelRequested;

    Lease() {
    }

    void take(Holder holder, long newFence, Instant end) {
        fence = newFence;
        instanceId = holder.instanceId();
        bootId = holder.bootId();
        until = end;
    }

    void release() {
        instanceId = null;
        bootId = null;
        until = null;
        childPid = null;
        childStartedAt = null;
        cancelRequested = false;
    }

    void childStarted(Child child) {
        childPid = child.pid();
        childStartedAt = child.startedAt();
    }

    void requestCancel() {
        cancelRequested = true;
    }

    long fence() {
        return fence;
    }

    boolean isOf(String instance) {
        return instance.equals(instanceId);
    }

    boolean isCancelRequested() {
        return cancelRequested;
    }

    Optional<Child> child() {
        return childPid == null ? Optional.empty() : Optional.of(new Child(childPid, childStartedAt));
    }
}
