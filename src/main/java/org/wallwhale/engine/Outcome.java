package org.wallwhale.engine;

import java.util.List;

/** How a run ended, after it was judged by its text, its exit code and the disk. */
public sealed interface Outcome {
    /** The child's exit code as a shell shows it: 128 + signal for a killed one; -1 if it never ran. */
    int exitCode();

    /**
     * The content is there.
     *
     * @param files sorted by path, at least one, bookkeeping of the tool excluded
     * @param version the manifest id that the child printed, or empty for a web file
     */
    record Fetched(List<FetchedFile> files, String version, int exitCode) implements Outcome {
    }

    /**
     * The content is not there.
     *
     * @param detail a sentence for people: what happened, on what
     */
    record NotFetched(Reason reason, String detail, int exitCode) implements Outcome {
    }
}
