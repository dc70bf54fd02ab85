package org.wallwhale.download;

/**
 * Why a run failed.
 *
 * @param code a stable word for programs
 * @param message what happened, a sentence
 * @param advice what to do, a sentence
 */
public record Failure(String code, String message, String advice) {
    /** The error of a download that its server could not finish. */
    public static Failure interrupted() {
        return new Failure("interrupted", "The server stopped while this download ran.",
                "Start it again; it goes on where it stopped.");
    }

    /** Cut to what the table holds. */
    public Failure {
        message = message.length() <= 1000 ? message : message.substring(0, 999) + "…";
    }
}
