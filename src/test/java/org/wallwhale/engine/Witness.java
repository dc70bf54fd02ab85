package org.wallwhale.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A listener that remembers everything, and answers and stops as the test says. */
class Witness implements FetchListener {
    final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    final List<FetchPhase> phases = Collections.synchronizedList(new ArrayList<>());
    final List<Progress> progress = Collections.synchronizedList(new ArrayList<>());
    final List<Prompt> prompts = Collections.synchronizedList(new ArrayList<>());
    volatile ChildProcess child;
    volatile Supplier<Optional<Stop>> stop = Optional::empty;
    volatile Function<Prompt, Optional<String>> answer = prompt -> Optional.empty();

    @Override
    public Optional<Stop> stop() {
        return stop.get();
    }

    @Override
    public void started(ChildProcess started) {
        child = started;
    }

    @Override
    public void line(String line) {
        lines.add(line);
    }

    @Override
    public void phase(FetchPhase phase) {
        phases.add(phase);
    }

    @Override
    public void progress(Progress step) {
        progress.add(step);
    }

    @Override
    public Optional<String> answer(Prompt prompt) {
        if (prompts.isEmpty() || !prompts.get(prompts.size() - 1).equals(prompt)) {
            prompts.add(prompt);
        }
        return answer.apply(prompt);
    }
}
