package org.wallwhale.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One web file from the first request to the judged file, asked for, watched and ended by one thread. */
final class WebFileRun {
    private static final int MOST_REQUESTS = 7;
    private static final long PAUSE_MILLIS = 100;
    private static final int BUFFER_BYTES = 1 << 18;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Pattern SHA1 = Pattern.compile("/([0-9A-Fa-f]{40})(?:/|$)");
    private final WebFileFetch fetch;
    private final FetchListener listener;
    private final HttpClient client;
    private final WebFileHosts hosts;
    private final WebFileWatch watch;
    private final String path;
    private volatile long total;
    private volatile WebFileSink sink;
    private volatile Optional<Outcome> end = Optional.empty();

    WebFileRun(WebFileFetch fetch, FetchListener listener, HttpClient client, WebFileHosts hosts, WebFileWatch watch) {
        this.fetch = fetch;
        this.listener = listener;
        this.client = client;
        this.hosts = hosts;
        this.watch = watch;
        this.path = WebFileName.cleaned(fetch.fileName(), fetch.pubfileId());
        this.total = fetch.sizeBytes();
    }

    Outcome follow() throws IOException, InterruptedException {
        listener.phase(FetchPhase.DOWNLOADING);
        WebFilePart part = WebFilePart.open(fetch.target().resolve("web"), fetch.content().resolve(path));
        String address = fetch.address();
        for (int request = 0; request < MOST_REQUESTS && end.isEmpty(); request++) {
            HttpResponse<Void> answer = ask(address, part);
            if (end.isPresent()) {
                return end.get();
            }
            int status = answer.statusCode();
            if (REDIRECTS.contains(status)) {
                address = answer.uri().resolve(answer.headers().firstValue("Location").orElse("").replace(" ", "%20")).toString();
            } else if (status == 416 && !new WebFileHead(status, answer.headers()).endsAt(part.bytes())) {
                part.restart(Optional.empty());
            } else if (status == 200 || status == 206 || status == 416) {
                return judged(part, address);
            } else {
                return refused("The item's web server answered " + status + ".");
            }
        }
        return end.orElseGet(() -> refused("The item's web server answered by one redirect after the other."));
    }

    /** The end of the answer; null where the run ends instead. */
    private HttpResponse<Void> ask(String address, WebFilePart part) throws IOException, InterruptedException {
        Optional<String> validator = part.validator();
        if (validator.isEmpty()) {
            part.restart(Optional.empty());
        }
        try {
            URI checked = hosts.checked(address);
            listener.line((validator.isPresent() ? "Going on at byte " + part.bytes() + " of " : "Downloading ") + path + " from "
                    + checked.getHost());
            HttpRequest.Builder request = HttpRequest.newBuilder(checked).header("Accept-Encoding", "identity");
            if (validator.isPresent()) {
                request.header("Range", "bytes=" + part.bytes() + "-").header("If-Range", validator.get());
            }
            return awaited(client.sendAsync(request.build(), head -> body(head, part)));
        } catch (RefusedAddressException e) {
            end = Optional.of(new Outcome.NotFetched(Reason.WEB_SERVER_NOT_ALLOWED, e.getMessage(), -1));
            return null;
        } finally {
            close();
        }
    }

    private synchronized void close() throws IOException {
        if (sink != null) {
            sink.close();
        }
    }

    /** Called by a thread of the client, perhaps when this run is over. */
    private synchronized HttpResponse.BodySubscriber<Void> body(HttpResponse.ResponseInfo head, WebFilePart part) {
        try {
            WebFileHead said = new WebFileHead(head.statusCode(), head.headers());
            if (!said.isWhole() && !said.goesOnAt(part.bytes()) || end.isPresent()) {
                return new WebFileSink.Nothing();
            }
            if (said.isWhole()) {
                part.restart(said.validator());
            }
            long announced = said.fileBytes();
            if (announced >= 0 && total >= 0 && announced != total) {
                end = Optional.of(incomplete("The item's file has " + announced + " bytes at its web server, but Steam tells of " + total + "."));
                return new WebFileSink.Nothing();
            }
            total = Math.max(total, announced);
            sink = new WebFileSink(part.file(), total < 0 ? Long.MAX_VALUE : total);
            return sink;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<Void> awaited(CompletableFuture<HttpResponse<Void>> answer) throws InterruptedException {
        while (true) {
            try {
                return answer.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                end = watch.look(sink, total);
                if (end.isPresent()) {
                    answer.cancel(true);
                    return null;
                }
            } catch (ExecutionException e) {
                end = Optional.of(broken(e.getCause()));
                return null;
            } catch (InterruptedException e) {
                answer.cancel(true);
                throw e;
            }
        }
    }

    private Outcome broken(Throwable cause) {
        if (cause instanceof WebFileSink.TooManyBytesException) {
            return incomplete("The item's web server sends more than the " + total + " bytes that Steam tells.");
        }
        if (cause instanceof UncheckedIOException disk) {
            throw disk;
        }
        return refused("The connection to the item's web server broke, or there was none.");
    }

    private Outcome judged(WebFilePart part, String address) throws IOException {
        listener.phase(FetchPhase.VERIFYING);
        long bytes = part.bytes();
        if (total >= 0 && bytes != total || bytes == 0) {
            part.restart(Optional.empty());
            return incomplete("Of the item's file " + bytes + " bytes came.");
        }
        Matcher sha1 = SHA1.matcher(URI.create(address).getRawPath());
        boolean wrong = sha1.find() && !sha1(part).equalsIgnoreCase(sha1.group(1));
        if (end.isPresent()) {
            return end.get();
        }
        if (wrong) {
            part.restart(Optional.empty());
            return incomplete("The item's file has not the SHA-1 that its address names; it is fetched anew.");
        }
        part.finish();
        listener.progress(new Progress(bytes, bytes, 0, 0, 100));
        return new Outcome.Fetched(List.of(new FetchedFile(path, bytes)), "", 0);
    }

    private String sha1(WebFilePart part) throws IOException {
        try (InputStream in = Files.newInputStream(part.file())) {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0 && end.isEmpty(); count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                end = watch.stopped();
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }

    private static Outcome refused(String detail) {
        return new Outcome.NotFetched(Reason.CONTENT_SERVER_REFUSED, detail, -1);
    }

    private static Outcome incomplete(String detail) {
        return new Outcome.NotFetched(Reason.INCOMPLETE_CONTENT, detail, -1);
    }
}
