package org.wallwhale.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tells how far a run is: what lies on the disk, against what the files will be when they are complete. */
final class Gauge implements AutoCloseable {
    /** After the last file was created at full length, as far as lines tell: a single large file is followed by silence. */
    private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

    /** The database and the logs lie on the same disk, as a rule. */
    private static final long RESERVE_BYTES = 64 << 20;

    private final LongSupplier nanoTime;
    private final Path content;
    private final Workspace workspace;
    private final DiskWatch disk;
    private final ProgressMeter meter = new ProgressMeter();
    private long allocated;
    private long total = -1;
    private boolean totalDue;
    private long preparedAt;
    private long totalNextAt;
    private long lackingBytes;

    /** Growth has to be seen several times within {@code stallAfter}. */
    Gauge(Fetch fetch, Workspace workspace, Duration stallAfter, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.totalNextAt = nanoTime.getAsLong();
        this.content = fetch.content();
        this.workspace = workspace;
        this.disk = new DiskWatch(fetch.content(), stallAfter.dividedBy(3), nanoTime);
    }

    void line(OutputParser.Sign sign, long now) {
        switch (sign) {
            case PREPARING, VALIDATING -> {
                totalDue = true;
                preparedAt = now;
            }
            case CONTENT, TROUBLE -> preparedAt = now - QUIET_NANOS;
            case LOGIN, MOBILE_APPROVAL, WRONG_CODE -> { }
        }
    }

    /** Blocks really allocated, as last measured. */
    long allocatedBytes() {
        return allocated;
    }

    /** A step, if there is something new. */
    Optional<Progress> measure(long now) {
        long before = allocated;
        allocated = disk.bytes();
        boolean announced = totalDue && now - preparedAt >= QUIET_NANOS && now - totalNextAt >= 0;
        if (announced) {
            total = announcedBytes();
            totalDue = false;
            // Lines that ask for it come for hours while existing files are checked.
            totalNextAt = now + DiskWatch.COST_FACTOR * (nanoTime.getAsLong() - now);
        }
        if (!announced && allocated == before) {
            return Optional.empty();
        }
        lackingBytes = lackingBytes();
        return Optional.of(meter.measured(allocated, total, now));
    }

    /** Why the item cannot be completed, if the disk has too little room for what is still to come. */
    Optional<Failure> fullDisk() {
        return lackingBytes <= 0 ? Optional.empty() : Optional.of(new Failure(Reason.DISK_FULL,
                "The disk has no room for the files of this item: it lacks " + lackingBytes + " bytes.", Failure.Weight.FATAL));
    }

    /** Zero while either of the two is unknown. */
    private long lackingBytes() {
        try {
            return total <= 0 || allocated == 0 ? 0
                    : total - allocated - Files.getFileStore(content).getUsableSpace() + RESERVE_BYTES;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        disk.close();
    }

    private long announcedBytes() {
        try {
            return workspace.announcedBytes();
        } catch (IOException e) {
            // A file vanished while the tool was at work; the last known total is as good.
            return total;
        }
    }
}
