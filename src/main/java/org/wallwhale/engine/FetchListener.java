package org.wallwhale.engine;

import java.util.Optional;

/** Hears of a running fetch. All methods are called in turn by the thread that called {@link DepotDownloader#fetch}. */
public interface FetchListener {
    /** Asked at least every 200 ms; a value ends the run: TERM, ten seconds, KILL of the whole tree. */
    Optional<Stop> stop();

    /** The child exists but does nothing before this returns; an exception from here ends it unused and passes through. */
    void started(ChildProcess child);

    /** One line of output: cleaned of control characters and cut to a bounded length. Floods are thinned and counted. */
    void line(String line);

    /** The run entered a phase. */
    void phase(FetchPhase phase);

    /** At most four times a second while bytes arrive. */
    void progress(Progress progress);

    /**
     * The child asks for something that only a person can give. Asked again every 200 ms until there is an answer or the
     * engine's time for answers is over.
     */
    Optional<String> answer(Prompt prompt);
}
