package org.wallwhale.sandbox;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the scenario lets happen while chunks are being written. */
final class Incident {
    private static final int FLOOD_BYTES = 500 << 20;
    private static final int FLAKES = 6;

    private final Stage stage;
    private final Session session;
    private final long depot;
    private final boolean firstRun;

    /** @param firstRun whether nothing was ever fetched into the target */
    Incident(Stage stage, Session session, long depot, boolean firstRun) {
        this.stage = stage;
        this.session = session;
        this.depot = depot;
        this.firstRun = firstRun;
    }

    /** Called after each chunk, the {@code written}th of {@code needed}. */
    void strike(int written, int needed, Path path, byte[] bytes) throws IOException {
        if (stage.plays(Scenario.NOISY_DEBUG) || stage.options().debug()) {
            stage.console().line("[CDN] Chunk ", written, " received from cache1-fra1.steamcontent.com");
            stage.console().line("12:00:00.0000000  System.Net.Http.RequestStart(https, cache1-fra1.steamcontent.com, 443)");
        }
        if (stage.plays(Scenario.CDN_FLAKY)) {
            for (int flake = (written - 1) * FLAKES / needed; flake < written * FLAKES / needed; flake++) {
                flake(flake, bytes);
            }
        }
        int due = needed * (stage.plays(Scenario.STALL_MID) ? 4 : 5) / 10;
        if (written == Math.max(1, due)) {
            happen(path, bytes);
        }
    }

    private void happen(Path path, byte[] bytes) throws IOException {
        switch (stage.script().scenario()) {
            case RESUME -> dieOnce();
            case RECONNECTS -> session.reconnect();
            case CDN_401 -> throw refused(bytes);
            case CDN_LOOP -> repeat("Encountered error downloading chunk ", bytes, ": NotFound", 20);
            case IGNORE_TERM -> repeat("Connection timeout downloading chunk ", bytes, "", 100);
            case CDN_TOKEN_STALL -> waitForToken();
            case STALL_MID -> Pause.forever();
            case FLOOD -> flood(bytes);
            case CRASH_MID -> throw new Unhandled("System.NullReferenceException",
                    "Object reference not set to an instance of an object.");
            // The signal itself would make the JVM leave a report; the parent reads the same status either way.
            case SEGV -> throw new Exit(139);
            case CHILDREN -> startChildren();
            case DISK_FULL -> throw new Unhandled("System.IO.IOException",
                    Console.joined("No space left on device : '", path.toAbsolutePath(), "'").toString());
            default -> { }
        }
    }

    private void flake(int number, byte[] bytes) {
        String sha = Digest.hex("SHA-1", bytes);
        switch (number) {
            case 0, 2, 4 -> stage.console().line("Encountered error downloading chunk ", sha, ": ServiceUnavailable");
            case 1, 3 -> stage.console().line("Connection timeout downloading chunk ", sha);
            default -> stage.console().line("Encountered unexpected error downloading chunk ", sha,
                    ": Connection refused (cache1-fra1.steamcontent.com:443)");
        }
    }

    private void dieOnce() throws IOException {
        if (firstRun) {
            Signals.killThisProcess();
        }
    }

    private Exit refused(byte[] bytes) {
        String sha = Digest.hex("SHA-1", bytes);
        stage.console().line("Encountered 401 for chunk ", sha, ". Aborting.");
        stage.console().line("Failed to find any server with chunk ", sha, " for depot ", depot, ". Aborting.");
        return stage.cancelled();
    }

    private void repeat(String before, byte[] bytes, String after, int milliseconds) {
        String sha = Digest.hex("SHA-1", bytes);
        while (true) {
            stage.console().line(before, sha, after);
            Pause.milliseconds(milliseconds);
        }
    }

    private void waitForToken() {
        stage.console().line("Got CDN auth token for cache1-fra1.steamcontent.com result: Fail (expires 01/01/1970 00:00:00)");
        Pause.forever();
    }

    private void flood(byte[] bytes) {
        String line = Console.joined("Encountered unexpected error downloading chunk ", Digest.hex("SHA-1", bytes),
                ": Expecting LocalFileHeader at start of stream\n").toString();
        byte[] wave = line.repeat(500).getBytes(StandardCharsets.UTF_8);
        for (long flowed = 0; flowed < FLOOD_BYTES; flowed += wave.length) {
            stage.console().raw(wave);
        }
        Pause.forever();
    }

    private static void startChildren() throws IOException {
        for (int count = 0; count < 2; count++) {
            new ProcessBuilder("sleep", "300").redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT).start();
        }
    }
}
