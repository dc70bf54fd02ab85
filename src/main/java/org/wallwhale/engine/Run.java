package org.wallwhale.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** One child from its start to its end, read, answered and watched by one thread. */
final class Run {
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** Longer than the guarding script waits between TERM and KILL. */
    private static final long STOP_NANOS = Duration.ofSeconds(13).toNanos();
    private static final long ASK_STOP_NANOS = Duration.ofMillis(100).toNanos();

    private final Fetch fetch;
    private final FetchListener listener;
    private final GuardedChild child;
    private final Output output;
    private final OutputParser parser;
    private final Dialog dialog;
    private final Watchdog watchdog;
    private final Gauge gauge;
    private final WriteBehind behind;
    private final Judge judge;
    private FetchPhase phase;
    private Optional<Failure> end = Optional.empty();
    private long endAt;
    private long stopAskedAt = System.nanoTime();
    private long processorAt = stopAskedAt;

    Run(Fetch fetch, FetchListener listener, Workspace workspace, GuardedChild child, EngineConfig config) {
        this.fetch = fetch;
        this.listener = listener;
        this.child = child;
        this.output = new Output(fetch, child, listener::line, this::sign);
        this.parser = output.parser();
        this.dialog = new Dialog(fetch.login(), listener, config.answerWithin(), child::write);
        this.watchdog = new Watchdog(config, fetch.maxRuntime(), System.nanoTime());
        this.gauge = new Gauge(fetch, workspace, config.stallAfter(), System::nanoTime);
        this.behind = new WriteBehind(fetch.content());
        this.judge = new Judge(fetch, workspace);
    }

    /** Returns when the child is gone and says what to make of it. */
    Outcome follow() throws IOException, InterruptedException {
        enter(FetchPhase.LOGIN);
        child.release();
        try (gauge; behind) {
            behind.start();
            while (!child.ended()) {
                if (!output.read()) {
                    child.pause(PAUSE);
                }
                turn(System.nanoTime());
            }
        }
        output.end();
        int exitCode = child.exitCode();
        if (end.isPresent()) {
            return new Outcome.NotFetched(end.get().reason(), output.clean(end.get().detail()), exitCode);
        }
        enter(FetchPhase.VERIFYING);
        Outcome outcome = judge.judge(exitCode, parser);
        if (outcome instanceof Outcome.Fetched fetched) {
            long bytes = fetched.files().stream().mapToLong(FetchedFile::sizeBytes).sum();
            listener.progress(new Progress(bytes, bytes, 0, 0, 100));
        }
        return outcome;
    }

    private void sign(OutputParser.Sign sign) {
        long now = System.nanoTime();
        watchdog.line(sign, now);
        gauge.line(sign, now);
        if (sign == OutputParser.Sign.MOBILE_APPROVAL) {
            dialog.mobileApproval(now);
        } else if (sign == OutputParser.Sign.WRONG_CODE) {
            dialog.wrongCode();
        }
    }

    private void turn(long now) throws InterruptedException {
        if (end.isPresent()) {
            if (now - endAt > STOP_NANOS) {
                child.kill();
            }
            return;
        }
        answer(now);
        measure(now);
        end = stop(now).or(this::webFile).or(() -> dialog.turn(now)).or(gauge::fullDisk)
                .or(() -> watchdog.verdict(parser.contentBegan(), parser.lastTrouble(), now));
        enter(dialog.waiting() ? FetchPhase.NEEDS_INPUT : parser.contentBegan() ? FetchPhase.DOWNLOADING : FetchPhase.LOGIN);
        if (end.isPresent()) {
            endAt = now;
            child.terminate();
        }
    }

    private void answer(long now) {
        output.offerQuestions((source, text) -> dialog.takesUp(source, text, parser.connecting(), now), now);
        if (parser.loggedIn()) {
            dialog.settle();
        }
        if (dialog.waiting()) {
            watchdog.waitingForPerson(now);
        }
    }

    private void measure(long now) {
        Optional<Progress> step = gauge.measure(now);
        watchdog.disk(gauge.allocatedBytes(), now);
        if (parser.contentBegan()) {
            step.ifPresent(listener::progress);
        }
        if (now - processorAt > SECOND) {
            processorAt = now;
            watchdog.processor(child.processorTime(), now);
        }
    }

    /** The tool writes a web file wherever its name leads to, so one that nobody expects is not waited for. */
    private Optional<Failure> webFile() {
        return parser.webFile() && !fetch.webFile() ? Optional.of(Judge.WEB_FILE) : Optional.empty();
    }

    private Optional<Failure> stop(long now) {
        if (now - stopAskedAt < ASK_STOP_NANOS) {
            return Optional.empty();
        }
        stopAskedAt = now;
        return listener.stop().map(stop -> new Failure(Reason.STOPPED, switch (stop) {
            case CANCELED -> "The download was canceled.";
            case OVERTAKEN -> "Another server took the download over.";
            case TOO_LARGE -> "The item is larger than it may be.";
            case SHUTDOWN -> "The server was stopped.";
        }, Failure.Weight.FATAL));
    }

    private void enter(FetchPhase next) {
        if (phase != next) {
            phase = next;
            listener.phase(next);
        }
    }
}
