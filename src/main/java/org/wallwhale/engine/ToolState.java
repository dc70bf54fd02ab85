package org.wallwhale.engine;

/** What is known of the operator's DepotDownloader. */
public enum ToolState {
    /** None is configured: only the sandbox, and items that are one web file, can be fetched. */
    NONE,
    /** Not looked at yet. */
    UNKNOWN,
    /** Not there any longer, or not executable. */
    MISSING,
    /** It was run with {@code --version} and named none. */
    BROKEN,
    /** Older than 3.4.0, which cannot read what Steam sends today. */
    OLD,
    READY
}
