package org.wallwhale.workshop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Steam's Web API as far as it needs no key (ISteamRemoteStorage, version 1). An answer that does not come in time, that is no
 * 200, or that is larger than four megabytes is an {@link IOException} in the future's end. Redirects are not followed. After a
 * 429 or 503 nothing is asked for a while: what Steam demands by {@code Retry-After}, at least ten seconds, doubled with each one
 * that follows, at most an hour.
 */
final class SteamWebApi {
    /** Hundred details with descriptions of 8,000 characters of four bytes. */
    private static final int MOST_ANSWER_BYTES = 4 << 20;
    private static final long FIRST_QUIET_SECONDS = 10;
    private static final long LONGEST_QUIET_SECONDS = 3600;
    private static final int MOST_DOUBLINGS = 6;
    private final HttpClient client;
    private final URI base;
    private final Duration within;
    private final LongSupplier nanoTime;
    private int refusals;
    private long quietUntil;

    SteamWebApi(URI base, Duration within, LongSupplier nanoTime) {
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(within).build();
        this.base = base;
        this.within = within;
        this.nanoTime = nanoTime;
    }

    /** {@code count} is the name of the parameter that tells how many {@code ids} there are. */
    CompletableFuture<byte[]> ask(String method, String count, List<String> ids) {
        if (isQuiet()) {
            return CompletableFuture.failedFuture(new IOException("Steam's Web API asked for quiet"));
        }
        StringBuilder form = new StringBuilder(count + "=" + ids.size());
        for (int i = 0; i < ids.size(); i++) {
            form.append("&publishedfileids%5B").append(i).append("%5D=").append(ids.get(i));
        }
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/ISteamRemoteStorage/" + method + "/v1/")).timeout(within)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.toString())).build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, any -> new BoundedBody(MOST_ANSWER_BYTES));
        // the request's own time ends with the head of the answer, and only the first future stops the exchange
        return answer.copy().orTimeout(within.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, failure) -> {
            if (failure instanceof TimeoutException) {
                answer.cancel(true);
            }
        }).thenCompose(this::body);
    }

    private CompletableFuture<byte[]> body(HttpResponse<byte[]> answer) {
        boolean refused = answer.statusCode() == 429 || answer.statusCode() == 503;
        note(refused, refused ? answer.headers().firstValue("Retry-After").orElse("") : "");
        return answer.statusCode() == 200 ? CompletableFuture.completedFuture(answer.body())
                : CompletableFuture.failedFuture(new IOException("Steam's Web API answered " + answer.statusCode()));
    }

    private synchronized boolean isQuiet() {
        return refusals > 0 && quietUntil - nanoTime.getAsLong() > 0;
    }

    private synchronized void note(boolean refused, String retryAfter) {
        if (!refused) {
            refusals = 0;
            return;
        }
        long ours = FIRST_QUIET_SECONDS << Math.min(refusals++, MOST_DOUBLINGS);
        long theirs = retryAfter.matches("[0-9]{1,6}") ? Long.parseLong(retryAfter) : 0;
        quietUntil = nanoTime.getAsLong() + TimeUnit.SECONDS.toNanos(Math.min(LONGEST_QUIET_SECONDS, Math.max(ours, theirs)));
    }
}
