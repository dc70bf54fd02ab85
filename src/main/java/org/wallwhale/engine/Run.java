package org.wallwhale.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** One child from its start to its end, read, answered and watched by one thread. */
final class Run {
    private static final Duration PAUSE = Duration.ofMillis(40);
    /** What follows a prompt without a line break would have arrived by then. */
    private static final long PROMPT_NANOS = Duration.ofMillis(200).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long STOP_NANOS = Duration.ofSeconds(13).toNanos();
    private static final long ASK_STOP_NANOS = Duration.ofMillis(100).toNanos();
    private static final int BLOCK_BYTES = 64 * 1024;
    /** Between two looks at everything else, however fast output arrives. */
    private static final int BLOCKS_PER_TURN = 32;

    /** A stream's unfinished line and when it last grew. */
    private static final class Incoming {
        private final OutputLines lines = new OutputLines();
        private long grewAt;
    }

    private final Fetch fetch;
    private final FetchListener listener;
    private final Workspace workspace;
    private final GuardedChild child;
    private final OutputParser parser = new OutputParser();
    private final Map<Source, Incoming> incoming = new EnumMap<>(Source.class);
    private final byte[] block = new byte[BLOCK_BYTES];
    private final LogLines log;
    private final Dialog dialog;
    private final Watchdog watchdog;
    private final DiskWatch disk;
    private final ProgressMeter meter = new ProgressMeter();
    private FetchPhase phase;
    private Optional<Failure> end = Optional.empty();
    private long endAt;
    private long stopAskedAt;
    private long allocated = -1;
    private long total = -1;
    private boolean totalDue;
    private long preparedAt;
    private long processorAt;

    Run(Fetch fetch, FetchListener listener, Workspace workspace, GuardedChild child, EngineConfig config) {
        this.fetch = fetch;
        this.listener = listener;
        this.workspace = workspace;
        this.child = child;
        this.log = new LogLines(fetch, listener::line, System::nanoTime);
        this.dialog = new Dialog(fetch.login(), listener, config.answerWithin(), child::write);
        this.watchdog = new Watchdog(config, fetch.maxRuntime(), System.nanoTime());
        this.disk = new DiskWatch(fetch.content(), System::nanoTime);
        for (Source source : Source.values()) {
            incoming.put(source, new Incoming());
        }
    }

    /** Returns when the child is gone and says what to make of it. */
    Outcome follow() throws IOException, InterruptedException {
        enter(FetchPhase.LOGIN);
        child.release();
        try (disk) {
            while (!child.ended()) {
                if (!readAll(BLOCKS_PER_TURN)) {
                    child.pause(PAUSE);
                }
                turn(System.nanoTime());
            }
        }
        // A grandchild may go on writing: what can be in two full pipes is enough.
        readAll(BLOCKS_PER_TURN);
        finishLines();
        int exitCode = child.exitCode();
        if (end.isPresent()) {
            return new Outcome.NotFetched(end.get().reason(), log.clean(end.get().detail()), exitCode);
        }
        enter(FetchPhase.VERIFYING);
        Outcome outcome = new Judge(fetch, workspace).judge(exitCode, parser);
        if (outcome instanceof Outcome.Fetched fetched) {
            long bytes = fetched.files().stream().mapToLong(FetchedFile::sizeBytes).sum();
            listener.progress(new Progress(bytes, bytes, 0, 0, 100));
        }
        return outcome;
    }

    /** Whether anything was there to be read. */
    private boolean readAll(int blocks) throws IOException {
        boolean any = false;
        for (Source source : Source.values()) {
            Incoming in = incoming.get(source);
            int count = child.read(source, block);
            for (int i = 0; count > 0 && i < blocks; i++) {
                in.grewAt = System.nanoTime();
                in.lines.accept(block, count, line -> line(source, line));
                count = i + 1 < blocks ? child.read(source, block) : 0;
                any = true;
            }
        }
        return any;
    }

    private void line(Source source, String line) {
        long now = System.nanoTime();
        OutputParser.Sign sign = parser.read(source, line);
        log.accept(line);
        watchdog.line(sign, now);
        switch (sign) {
            case MOBILE_APPROVAL -> dialog.mobileApproval(now);
            case WRONG_CODE -> dialog.wrongCode();
            case PREPARING, VALIDATING -> {
                totalDue = true;
                preparedAt = now;
            }
            case CONTENT, TROUBLE -> preparedAt = now - SECOND;
            case LOGIN -> { }
        }
    }

    private void turn(long now) throws IOException, InterruptedException {
        if (end.isPresent()) {
            if (now - endAt > STOP_NANOS) {
                child.kill();
            }
            return;
        }
        answer(now);
        measure(now);
        Optional<Failure> reason = stop(now).or(() -> dialog.turn(now))
                .or(() -> watchdog.verdict(parser.contentBegan(), parser.lastTrouble(), now));
        enter(dialog.waiting() ? FetchPhase.NEEDS_INPUT : parser.contentBegan() ? FetchPhase.DOWNLOADING : FetchPhase.LOGIN);
        if (reason.isPresent()) {
            end = reason;
            endAt = now;
            child.terminate();
        }
    }

    private void answer(long now) {
        incoming.forEach((source, in) -> {
            if (in.lines.isUnfinished() && now - in.grewAt >= PROMPT_NANOS
                    && dialog.takesUp(source, in.lines.unfinished(), parser.connecting(), now)) {
                line(source, in.lines.take());
            }
        });
        if (parser.loggedIn()) {
            dialog.settle();
        }
        if (dialog.waiting()) {
            watchdog.waitingForPerson(now);
        }
    }

    private void measure(long now) throws IOException {
        long bytes = disk.bytes();
        watchdog.disk(bytes, now);
        if (now - processorAt > SECOND) {
            processorAt = now;
            watchdog.processor(child.processorTime(), now);
        }
        boolean announced = totalDue && now - preparedAt >= SECOND;
        if (announced) {
            total = workspace.announcedBytes();
            totalDue = false;
        }
        if (parser.contentBegan() && (announced || bytes != allocated)) {
            listener.progress(meter.measured(bytes, total, now));
        }
        allocated = bytes;
    }

    private Optional<Failure> stop(long now) {
        if (now - stopAskedAt < ASK_STOP_NANOS) {
            return Optional.empty();
        }
        stopAskedAt = now;
        return listener.stop().map(stop -> new Failure(Reason.STOPPED, switch (stop) {
            case CANCELED -> "The download was canceled.";
            case OVERTAKEN -> "Another server took the download over.";
            case SHUTDOWN -> "The server was stopped.";
        }, Failure.Weight.FATAL));
    }

    private void finishLines() {
        incoming.forEach((source, in) -> {
            if (in.lines.isUnfinished()) {
                line(source, in.lines.take());
            }
        });
        log.tellLeftOut();
    }

    private void enter(FetchPhase next) {
        if (phase != next) {
            phase = next;
            listener.phase(next);
        }
    }
}
