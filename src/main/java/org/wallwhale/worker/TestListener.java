package org.wallwhale.worker;

import java.util.Optional;
import org.wallwhale.engine.ChildProcess;
import org.wallwhale.engine.FetchListener;
import org.wallwhale.engine.FetchPhase;
import org.wallwhale.engine.Progress;
import org.wallwhale.engine.Prompt;
import org.wallwhale.engine.Stop;

/** Hears of a test login, of which only its end and its questions matter. */
record TestListener(GuardDialog guard) implements FetchListener {
    @Override
    public Optional<Stop> stop() {
        return Optional.empty();
    }

    @Override
    public void started(ChildProcess child) {
        // the guarding script ends it with its server
    }

    @Override
    public void line(String line) {
        // its end says enough
    }

    @Override
    public void phase(FetchPhase phase) {
        guard.phase(phase);
    }

    @Override
    public void progress(Progress progress) {
        // nothing is fetched
    }

    @Override
    public Optional<String> answer(Prompt prompt) {
        return guard.answer(prompt);
    }
}
