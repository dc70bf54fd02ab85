package org.wallwhale.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides whether a run that ended by itself delivered its item: by the exit code, the text and above all the disk. */
final class Judge {
    private static final int CRASHED_ABORT = 134;
    private static final int CRASHED_SEGMENT = 139;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final int SIGNALED = 128;
    /** Of an item whose details named none: the tool then takes a collection's picture for its content. */
    static final Failure WEB_FILE = new Failure(Reason.COLLECTION,
            "Steam offered a single web file: the item is an old one that lies on a web server, or a collection,"
                    + " which only its details tell apart.", Failure.Weight.FATAL);

    private final Fetch fetch;
    private final Workspace workspace;

    Judge(Fetch fetch, Workspace workspace) {
        this.fetch = fetch;
        this.workspace = workspace;
    }

    Outcome judge(int exitCode, OutputParser output) throws IOException, InterruptedException {
        try {
            List<FetchedFile> files = workspace.files();
            if (exitCode == CRASHED_ABORT && !output.connecting()) {
                workspace.forgetSession();
            }
            if (exitCode != 0) {
                return notFetched(output.failure().orElseGet(() -> byExitCode(exitCode)), exitCode);
            }
            Optional<Failure> flaw = flaw(files, output);
            if (flaw.isPresent()) {
                workspace.distrust();
                return notFetched(flaw.get(), exitCode);
            }
            return new Outcome.Fetched(files, version(output), exitCode);
        } catch (UnsafeContentException e) {
            return new Outcome.NotFetched(Reason.UNSAFE_CONTENT, e.getMessage(), exitCode);
        }
    }

    /** What is wrong although the tool says success. */
    private Optional<Failure> flaw(List<FetchedFile> files, OutputParser output) throws IOException, InterruptedException {
        Optional<Failure> fatal = output.failure().filter(failure -> failure.weight() == Failure.Weight.FATAL);
        if (fatal.isPresent()) {
            return fatal;
        }
        if (!proven(output)) {
            return output.failure().or(() -> Optional.of(unproven(output)));
        }
        if (workspace.mixesVersions() || isWebFile(output) && files.size() > 1) {
            workspace.discardContent();
            return flaw(Reason.INCOMPLETE_CONTENT, "The item was updated while it was being fetched; it is fetched anew.");
        }
        if (files.isEmpty()) {
            return flaw(Reason.EMPTY_RESULT, "The tool reported success, but there is no file.");
        }
        long size = files.stream().mapToLong(FetchedFile::sizeBytes).sum();
        if (size < output.totalBytes()) {
            return flaw(Reason.INCOMPLETE_CONTENT, "The files have " + size + " bytes, but " + output.totalBytes()
                    + " bytes were reported.");
        }
        return Allocation.firstUnfilled(fetch.content(), files, workspace.scratch())
                .flatMap(file -> flaw(Reason.INCOMPLETE_CONTENT,
                        "The file \"" + file.path() + "\" has its length but was never filled."));
    }

    /**
     * Whether something besides the exit code says "complete". The tool's own note counts only if it printed no totals,
     * perhaps because its output was closed early.
     */
    private boolean proven(OutputParser output) {
        if (output.totalSeen()) {
            return output.depots() >= 1;
        }
        if (isWebFile(output)) {
            return fetch.webFile();
        }
        Map<Long, String> finished = workspace.finishedDepots();
        return output.manifest().map(finished::containsValue).orElse(!finished.isEmpty());
    }

    private static Failure unproven(OutputParser output) {
        return output.webFile()
                ? WEB_FILE
                : new Failure(Reason.UNPROVEN, "The tool ended without saying that the item is complete.", Failure.Weight.FATAL);
    }

    private static boolean isWebFile(OutputParser output) {
        return output.webFile() && !output.totalSeen();
    }

    private String version(OutputParser output) {
        return isWebFile(output) ? "" : output.manifest()
                .orElseGet(() -> workspace.finishedDepots().values().stream().findFirst().orElse(""));
    }

    private static Failure byExitCode(int exitCode) {
        Reason reason = switch (exitCode) {
            case CRASHED_ABORT, CRASHED_SEGMENT -> Reason.TOOL_CRASHED;
            case NOT_EXECUTABLE, NOT_FOUND -> Reason.TOOL_MISSING;
            default -> exitCode > SIGNALED ? Reason.KILLED : Reason.TOOL_FAILED;
        };
        return new Failure(reason, switch (reason) {
            case TOOL_CRASHED -> "The tool crashed (exit code " + exitCode + ").";
            case TOOL_MISSING -> "The tool could not be started.";
            case KILLED -> "The tool was killed from outside (signal " + (exitCode - SIGNALED) + ").";
            default -> "The tool failed (exit code " + exitCode + ").";
        }, Failure.Weight.CAUSE);
    }

    private static Optional<Failure> flaw(Reason reason, String detail) {
        return Optional.of(new Failure(reason, detail, Failure.Weight.FATAL));
    }

    private static Outcome notFetched(Failure failure, int exitCode) {
        return new Outcome.NotFetched(failure.reason(), failure.detail(), exitCode);
    }
}
