package org.wallwhale.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.wallwhale.secret.Secret;

/**
 * Sends requests to one server, with what is shown to it. What the server asks to send again later ({@code Retry-After}) is sent again, a
 * few times, and once what a renewed credential may open.
 */
final class Transport {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int MOST_TRIES = 5;
    private static final long LONGEST_WAIT_SECONDS = 120;
    private final HttpClient http;
    private final String base;
    private final Credential credential;
    private final Consumer<String> say;
    private final AtomicBoolean warned;

    Transport(HttpClient http, String base) {
        this(http, base, null, sentence -> { }, new AtomicBoolean());
    }

    private Transport(HttpClient http, String base, Credential credential, Consumer<String> say, AtomicBoolean warned) {
        this.http = http;
        this.base = base;
        this.credential = credential;
        this.say = say;
        this.warned = warned;
    }

    Transport with(Credential other) {
        return new Transport(http, base, other, say, warned);
    }

    /** {@code listener} is told why a command waits, in sentences. */
    Transport saying(Consumer<String> listener) {
        return new Transport(http, base, credential, listener, warned);
    }

    /** The server's address, without a slash at the end. */
    String base() {
        return base;
    }

    /** Says once that others can read what it is shown, if they can. */
    void warnOfPlainText() {
        if (ServerAddress.isInTheClear(base) && warned.compareAndSet(false, true)) {
            say.accept("Careful: on the way to " + base + " everybody can read what you show to it; https:// hides it.");
        }
    }

    /** {@code headers} are names and values. */
    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER_WITHIN);
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** The answer to a request that was accepted; else a {@link RefusedException}, and one of {@link #unreachable} where nothing comes. */
    HttpResponse<InputStream> send(HttpRequest.Builder request, Duration silence) {
        boolean renewed = false;
        if (credential != null) {
            warnOfPlainText();
        }
        for (int tries = 1;; tries++) {
            Secret shown = credential == null ? null : credential.value();
            HttpResponse<InputStream> answer = once(shown == null ? request : request.setHeader(credential.header(), shown.reveal()), silence);
            if (answer.statusCode() == 401 && shown != null && !renewed && credential.renewed(shown)) {
                renewed = true;
                continue;
            }
            OptionalLong wait = wait(answer);
            if (wait.isEmpty() || tries == MOST_TRIES) {
                return accepted(answer);
            }
            say.accept("The server asks to wait (" + answer.statusCode() + "): trying again in " + wait.getAsLong() + " s, "
                    + (MOST_TRIES - tries) + (tries == MOST_TRIES - 1 ? " last time." : " more times at most."));
            Patience.pause(Duration.ofSeconds(wait.getAsLong()));
        }
    }

    private static HttpResponse<InputStream> accepted(HttpResponse<InputStream> answer) {
        if (answer.statusCode() >= 300) {
            throw RefusedException.of(answer);
        }
        return answer;
    }

    private HttpResponse<InputStream> once(HttpRequest.Builder request, Duration silence) {
        try {
            return once(request, answer -> HttpResponse.BodySubscribers.mapping(
                    HttpResponse.BodySubscribers.ofInputStream(), body -> new StallWatch(body, silence)));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** The answer to a GET as it is, whatever its status, with nothing shown to the server. */
    HttpResponse<String> ask(String path, Duration within) throws IOException {
        return once(request(path).timeout(within).GET(), HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> once(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return http.send(request.build(), body);
        } catch (InterruptedException e) {
            throw CommandFailure.interrupted();
        }
    }

    /** Seconds that the server asks for; empty where there is nothing to wait for, or too long. */
    private static OptionalLong wait(HttpResponse<?> answer) {
        boolean later = answer.statusCode() == 429 || answer.statusCode() == 503;
        return answer.headers().firstValue("Retry-After").filter(seconds -> later && seconds.matches("[0-9]{1,6}"))
                .map(Long::parseLong).filter(seconds -> seconds <= LONGEST_WAIT_SECONDS).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    CommandFailure unreachable(IOException e) {
        return Unreachable.of(base, e);
    }
}
