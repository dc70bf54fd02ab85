package org.wallwhale.cli;

import java.util.List;
import org.wallwhale.engine.Outcome;
import org.wallwhale.engine.Reason;

/**
 * How one item of {@code download} ended.
 *
 * @param input the id or address as it was named, or the item's id for one of a collection
 * @param status {@code success}, {@code failed}, {@code present} (left alone, as asked, or the same already) or {@code canceled}
 * @param path where it lies; null unless there is something
 * @param error null unless it failed
 */
record DownloadResult(String input, String pubfileId, String title, String status, String path, Integer files, Long bytes, String version,
        Error error) {
    /** The code of an id or address that is none. */
    static final String INVALID = "invalid";
    /** The code of an item whose place has something already. */
    static final String TAKEN = "place_taken";

    /** As the API tells errors. */
    record Error(String code, String message, String advice) {
    }

    /** What a script gets. {@code sandbox} says that nothing of it came from Steam. */
    record All(List<DownloadResult> items, long succeeded, long failed, boolean sandbox) {
    }

    static DownloadResult success(DirectItem item, OutputFolder.Saved saved, String version) {
        return new DownloadResult(item.pubfileId(), item.pubfileId(), item.title(), "success", saved.path().toString(), saved.files(),
                saved.bytes(), version, null);
    }

    static DownloadResult present(DirectItem item, String path) {
        return new DownloadResult(item.pubfileId(), item.pubfileId(), item.title(), "present", path, null, null, null, null);
    }

    static DownloadResult canceled(DirectItem item) {
        return new DownloadResult(item.pubfileId(), item.pubfileId(), item.title(), "canceled", null, null, null, null, null);
    }

    static DownloadResult failed(DirectItem item, Outcome.NotFetched failed) {
        return new DownloadResult(item.pubfileId(), item.pubfileId(), item.title(), "failed", null, null, null, null,
                new Error(failed.reason().code(), failed.detail(), advice(failed.reason())));
    }

    /** A server goes on by itself; this command has ended. */
    private static String advice(Reason reason) {
        return reason == Reason.DISK_FULL ? "Make room on the disk of the output folder, and run the same command again."
                : reason.advice().replace("it is tried again by itself", "run the same command again");
    }

    static DownloadResult failed(String input, String pubfileId, String code, String message, String advice) {
        return new DownloadResult(input, pubfileId, "", "failed", null, null, null, null, new Error(code, message, advice));
    }

    boolean isGood() {
        return status.equals("success") || status.equals("present");
    }

    int exitCode() {
        boolean misused = error != null && (error.code().equals(INVALID) || error.code().equals(TAKEN));
        return isGood() ? 0 : misused ? CommandFailure.USAGE : CommandFailure.FAILED;
    }
}
