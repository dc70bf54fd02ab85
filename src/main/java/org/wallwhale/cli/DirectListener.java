package org.wallwhale.cli;

import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.wallwhale.engine.ChildProcess;
import org.wallwhale.engine.FetchListener;
import org.wallwhale.engine.FetchPhase;
import org.wallwhale.engine.Progress;
import org.wallwhale.engine.Prompt;
import org.wallwhale.engine.Stop;

/** Shows a run to the person at the terminal, and asks what Steam Guard asks. One for all runs of a command, which {@link #end} ends. */
final class DirectListener implements FetchListener {
    private final Terminal terminal;
    private final boolean verbose;
    private final ProgressBar bar;
    private final AtomicReference<Stop> stop = new AtomicReference<>();
    private final SynchronousQueue<String> answers = new SynchronousQueue<>();
    private Thread reader;
    private Prompt shown;
    private String phase = "";
    private boolean unanswerable;

    DirectListener(Terminal terminal, boolean verbose) {
        this.terminal = terminal;
        this.verbose = verbose;
        this.bar = terminal.bar();
    }

    /** Ends the run, and all that follow. */
    void end() {
        stop.set(Stop.CANCELED);
    }

    boolean isEnded() {
        return stop.get() != null;
    }

    /** True when the run that has just ended did so because nobody could be asked; forgets it, or the next one would end as well. */
    boolean wasUnanswerable() {
        boolean was = unanswerable;
        unanswerable = false;
        return was;
    }

    @Override
    public Optional<Stop> stop() {
        return unanswerable ? Optional.of(Stop.CANCELED) : Optional.ofNullable(stop.get());
    }

    @Override
    public void started(ChildProcess child) {
        unanswerable = false;
        shown = null;
    }

    @Override
    public void line(String line) {
        if (verbose) {
            remark("    " + line);
        }
    }

    /** A line that does not get into the bar. */
    void remark(String line) {
        bar.clear();
        terminal.note(line);
    }

    @Override
    public void phase(FetchPhase entered) {
        phase = switch (entered) {
            case LOGIN -> "login";
            case NEEDS_INPUT -> "needs input";
            case DOWNLOADING -> "downloading";
            case VERIFYING -> "verifying";
        };
        if (entered != FetchPhase.NEEDS_INPUT) {
            bar.show(phase, 0, 0, 0);
        }
    }

    @Override
    public void progress(Progress progress) {
        bar.show(phase, progress.percent(), progress.bytesDone(), progress.bytesPerSecond());
    }

    void showStep(String step) {
        bar.show(step, 100, 0, 0);
    }

    void finish() {
        bar.clear();
    }

    @Override
    public Optional<String> answer(Prompt prompt) {
        if (!prompt.equals(shown)) {
            shown = prompt;
            ask(prompt);
        }
        Optional<String> answer = Optional.ofNullable(answers.poll());
        if (answer.isPresent()) {
            reader = null;
        }
        return answer;
    }

    private void ask(Prompt prompt) {
        if (prompt.kind() == Prompt.Kind.MOBILE_APPROVAL) {
            remark("Steam waits for you to approve the sign-in in the Steam mobile app.");
            return;
        }
        if (!terminal.canAskSecret()) {
            unanswerable = true;
            return;
        }
        String question = (prompt.attempt() > 1 ? "That code was wrong. " : "") + (prompt.kind() == Prompt.Kind.EMAIL_CODE
                ? "Enter the Steam Guard code that Steam sent to " + prompt.hint() : "Enter the Steam Guard code that your authenticator shows");
        bar.clear();
        if (reader != null && reader.isAlive()) {
            // a read from a terminal cannot be taken back: the one that nobody answered goes on
            terminal.note(question + ":");
            return;
        }
        reader = new Thread(() -> readAnswer(question), "steam-guard");
        reader.setDaemon(true);
        reader.start();
    }

    private void readAnswer(String question) {
        try {
            Optional<String> code = terminal.readSecret(question);
            while (code.isPresent() && code.get().isEmpty()) {
                code = terminal.readSecret(question);
            }
            if (code.isPresent()) {
                answers.put(code.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
