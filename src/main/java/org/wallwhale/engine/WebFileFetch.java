package org.wallwhale.engine;

import java.nio.file.Path;
import java.time.Duration;

/**
 * One item to fetch that is a single file on a web server.
 *
 * @param address as the item's details tell it; it is checked before anything is asked
 * @param fileName as its author chose it; whatever could lead out of the folder is taken away from it
 * @param sizeBytes as the item's details tell it, or -1
 * @param target as of {@link Fetch}: the file ends up below {@link #content()}, what an interrupted run has of it lies beside that
 * @param maxRuntime from the first request to the forced end
 */
public record WebFileFetch(String address, String fileName, String pubfileId, long sizeBytes, Path target, Duration maxRuntime) {
    public Path content() {
        return target.resolve("content");
    }
}
