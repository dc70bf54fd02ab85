package org.wallwhale.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One output stream of a child, read into lines as far as it is there. */
final class Pipe {
    /** What follows a prompt without a line break would have arrived by then. */
    private static final long QUIET_NANOS = Duration.ofMillis(200).toNanos();
    private static final int BLOCK_BYTES = 64 * 1024;
    /** Between two looks at everything else, however fast output arrives; together more than a full pipe holds. */
    private static final int BLOCKS_AT_ONCE = 32;

    private final GuardedChild child;
    private final Source source;
    private final byte[] block = new byte[BLOCK_BYTES];
    private final OutputLines lines = new OutputLines();
    private long grewAt;

    Pipe(GuardedChild child, Source source) {
        this.child = child;
        this.source = source;
    }

    Source source() {
        return source;
    }

    /** Whether anything was there. */
    boolean read(Consumer<String> consumer) throws IOException {
        for (int blocks = 0; blocks < BLOCKS_AT_ONCE; blocks++) {
            int count = child.read(source, block);
            if (count == 0) {
                return blocks > 0;
            }
            grewAt = System.nanoTime();
            lines.accept(block, count, consumer);
        }
        return true;
    }

    /** The unfinished line, if nothing has followed it for a while: perhaps a prompt. */
    Optional<String> question(long now) {
        return lines.isUnfinished() && now - grewAt >= QUIET_NANOS ? Optional.of(lines.unfinished()) : Optional.empty();
    }

    /** Ends the unfinished line, if there is one. */
    void finishLine(Consumer<String> consumer) {
        if (lines.isUnfinished()) {
            consumer.accept(lines.take());
        }
    }
}
