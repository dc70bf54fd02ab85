package org.wallwhale.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches a zip into a file that is there whole or not at all. A connection that breaks is made again, and goes on where it broke, as
 * does a later command; what came is compared with the server's digest.
 */
final class ZipFetch {
    private static final Pattern PART = Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18})");
    private static final Pattern SHA256 = Pattern.compile("sha-256=:([A-Za-z0-9+/]{43}=):");
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int MOST_FAILURES = 5;
    private final ServerClient server;
    private final Terminal terminal;
    private final Duration step;

    ZipFetch(ServerClient server, Terminal terminal) {
        this(server, terminal, Duration.ofSeconds(1));
    }

    /** {@code step} is the wait after the first failure; each next one is twice as long. */
    ZipFetch(ServerClient server, Terminal terminal, Duration step) {
        this.server = server;
        this.terminal = terminal;
        this.step = step;
    }

    /** Returns the size. */
    long save(String address, Path target) {
        try (PartialFile file = PartialFile.beside(target)) {
            for (int failures = 0;;) {
                long before = file.size();
                try {
                    return take(open(address, file), file);
                } catch (BrokenException e) {
                    failures = file.size() > before ? 1 : failures + 1;
                    if (failures == MOST_FAILURES) {
                        throw new CommandFailure(CommandFailure.NOT_REACHABLE, "The connection broke again and again (" + e.getMessage() + ")."
                                + (file.size() > 0 ? " What came is kept in " + file.path() + ": run the same command again, and it goes on." : ""));
                    }
                    terminal.note("The connection broke after " + ProgressBar.bytes(file.size()) + " (" + e.getMessage() + "): going on.");
                    Patience.pause(step.multipliedBy(1L << (failures - 1)));
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.FAILED, "The file " + target + " cannot be written (" + SystemReason.of(e) + "): make room there, or name "
                    + "another with --output.");
        }
    }

    /** From the last byte that is there on, so that there is always one to ask for. */
    private HttpResponse<InputStream> open(String address, PartialFile file) throws IOException {
        long size = file.size();
        if (size == 0 || file.etag() == null) {
            return stream(address);
        }
        try {
            return stream(address, "Range", "bytes=" + (size - 1) + "-", "If-Range", file.etag());
        } catch (RefusedException e) {
            if (e.status() != 416) {
                throw e;
            }
            file.discard();
            return stream(address);
        }
    }

    /** A server that is away for a moment, such as one that starts anew, is a broken connection once something came. */
    private HttpResponse<InputStream> stream(String address, String... headers) throws BrokenException {
        try {
            return server.stream(address, SILENCE, headers);
        } catch (RefusedException e) {
            throw e;
        } catch (CommandFailure e) {
            if (headers.length > 0 && e.exitCode() == CommandFailure.NOT_REACHABLE) {
                throw new BrokenException(e.getMessage());
            }
            throw e;
        }
    }

    private long take(HttpResponse<InputStream> answer, PartialFile file) throws IOException {
        long from = 0;
        long total = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        Matcher part = PART.matcher(answer.headers().firstValue("Content-Range").orElse(""));
        if (answer.statusCode() == 206 && part.matches()) {
            from = Long.parseLong(part.group(1));
            total = Long.parseLong(part.group(2));
        }
        if (from == 0 || from >= file.size()) {
            from = demandWhole(from);
            file.begin(answer.headers().firstValue("ETag").orElse(null));
        }
        try (InputStream body = answer.body(); FileChannel out = file.open(from)) {
            copy(body, out, from, total);
            out.force(true);
        }
        if (total >= 0 && file.size() != total) {
            throw new BrokenException("the end is missing");
        }
        finish(file, answer.headers().firstValue("Repr-Digest").map(SHA256::matcher).filter(Matcher::find).map(found -> found.group(1)));
        return total;
    }

    private static long demandWhole(long from) {
        if (from > 0) {
            throw new CommandFailure(CommandFailure.FAILED, "The server sent another part of the file than it was asked for: is there a proxy "
                    + "that does so? Try again.");
        }
        return 0;
    }

    private void copy(InputStream body, FileChannel out, long from, long total) throws IOException {
        ProgressBar bar = terminal.bar();
        byte[] buffer = new byte[1 << 16];
        long began = System.nanoTime();
        long shownAt = began;
        long done = from;
        try {
            for (int count = read(body, buffer); count >= 0; count = read(body, buffer)) {
                for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count); bytes.hasRemaining();) {
                    out.write(bytes);
                }
                done += count;
                long now = System.nanoTime();
                if (now - shownAt > 200_000_000L) {
                    shownAt = now;
                    bar.show("fetching", percent(done, total), done, (long) ((done - from) * 1e9 / (now - began)));
                }
            }
            bar.show("fetched", percent(done, total), done, (long) ((done - from) * 1e9 / (System.nanoTime() - began + 1)));
        } finally {
            bar.end();
        }
    }

    private static int percent(long done, long total) {
        return total > 0 ? (int) (done * 100 / total) : 0;
    }

    private static int read(InputStream body, byte[] buffer) throws BrokenException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new BrokenException(String.valueOf(e.getMessage()));
        }
    }

    private void finish(PartialFile file, Optional<String> told) throws IOException {
        if (told.isEmpty()) {
            terminal.note("The server tells no SHA-256 of this zip: only its length was compared.");
        } else if (!Arrays.equals(file.sha256(), Base64.getDecoder().decode(told.get()))) {
            file.discard();
            throw new CommandFailure(CommandFailure.FAILED, "What came is not what the server has: its SHA-256 differs. Nothing was kept; run "
                    + "the same command again.");
        }
        file.finish();
    }

    /** The network's fault, not the disk's. */
    private static final class BrokenException extends IOException {
        private static final long serialVersionUID = 1;

        private BrokenException(String message) {
            super(message);
        }
    }
}
