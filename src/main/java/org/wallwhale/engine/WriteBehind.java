package org.wallwhale.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has the disk take large files while the tool still fills them. The system leaves up to half a minute of them in memory, and
 * whoever keeps the finished content would wait for the disk to take that. Promises nothing: what is missed here is kept then.
 */
final class WriteBehind implements AutoCloseable {
    /** A smaller file is written in no time, but each one by itself costs the disk a turn. */
    static final int LARGE_BYTES = 16 << 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Path content;
    private final Consumer<Path> disk;
    private final Map<Path, FileTime> written = new HashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);

    WriteBehind(Path content) {
        this(content, WriteBehind::force);
    }

    WriteBehind(Path content, Consumer<Path> disk) {
        this.content = content;
        this.disk = disk;
    }

    /** Works in a thread of its own, which may wait for the disk once more after the end. */
    void start() {
        Thread thread = new Thread(this::work, "write-behind");
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        try {
            for (long pause = PAUSE_NANOS; !over.await(pause, TimeUnit.NANOSECONDS);) {
                long start = System.nanoTime();
                List<Path> changed = changed();
                pause = Math.max(PAUSE_NANOS, DiskWatch.COST_FACTOR * (System.nanoTime() - start));
                for (int i = 0; i < changed.size() && over.getCount() > 0; i++) {
                    disk.accept(changed.get(i));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Path> changed() {
        List<Path> changed = new ArrayList<>();
        try {
            Files.walkFileTree(content, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    FileTime time = attributes.lastModifiedTime();
                    if (attributes.isRegularFile() && attributes.size() >= LARGE_BYTES && !time.equals(written.put(file, time))) {
                        changed.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // the tool removes files of an older version; the others are found next time
        }
        return changed;
    }

    private static void force(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(false);
        } catch (IOException e) {
            // gone, or the disk refuses it, which the one who keeps the content will hear too
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
