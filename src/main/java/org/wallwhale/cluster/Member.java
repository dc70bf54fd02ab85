package org.wallwhale.cluster;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What an instance last said of itself. */
@Entity
@Table(name = "instances")
class Member {
    @Id
    private String id;
    @Column(name = "boot_id")
    private String bootId;
    private String version;
    private String address;
    private int slots;
    private int running;
    @Column(name = "started_at")
    private Instant startedAt;
    @Column(name = "seen_at")
    private Instant seenAt;

    Member() {
    }

    Member(String id) {
        this.id = id;
    }

    boolean isOf(String life) {
        return life.equals(bootId);
    }

    /** A new life of the instance; {@link #seen} says the rest. */
    void begin(String life, String newVersion, String newAddress, Instant now) {
        bootId = life;
        version = newVersion;
        address = newAddress;
        startedAt = now;
    }

    void seen(int withSlots, int withRuns, Instant now) {
        slots = withSlots;
        running = withRuns;
        seenAt = now;
    }

    String id() {
        return id;
    }

    String bootId() {
        return bootId;
    }

    String version() {
        return version;
    }

    String address() {
        return address;
    }

    int slots() {
        return slots;
    }

    int running() {
        return running;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant seenAt() {
        return seenAt;
    }
}
