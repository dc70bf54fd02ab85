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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Steam's Web API as far as it needs no key (ISteamRemoteStorage, version 1). An answer that does not come in time, that is no
 * 200, or that is larger than four megabytes is an {@link IOException} in the future's end. Redirects are not followed. After a
 * 429 or 503 whoever asked is {@link Quiet} for a while; as long as Steam demands it by {@code Retry-After}, an hour at most,
 * nobody asks.
 */
final class SteamWebApi {
    /** Hundred details with descriptions of 8,000 characters of four bytes. */
    private static final int MOST_ANSWER_BYTES = 4 << 20;
    private static final long LONGEST_DEMAND_SECONDS = 3600;
    private final HttpClient client;
    private final URI base;
    private final Duration within;
    private final LongSupplier nanoTime;
    private final AtomicLong demandedUntil;

    SteamWebApi(URI base, Duration within, LongSupplier nanoTime) {
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(within.dividedBy(2)).build();
        this.base = base;
        this.within = within;
        this.nanoTime = nanoTime;
        this.demandedUntil = new AtomicLong(nanoTime.getAsLong());
    }

    /** {@code quiet} is that of who asks, {@code count} the name of the parameter that tells how many {@code ids} there are. */
    CompletableFuture<byte[]> ask(Quiet quiet, String method, String count, List<String> ids) {
        if (quiet.holds(nanoTime.getAsLong()) || demandedUntil.get() - nanoTime.getAsLong() > 0) {
            return CompletableFuture.failedFuture(new IOException("it asked to be left alone for a while"));
        }
        StringBuilder form = new StringBuilder(count + "=" + ids.size());
        for (int i = 0; i < ids.size(); i++) {
            form.append("&publishedfileids%5B").append(i).append("%5D=").append(ids.get(i));
        }
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/ISteamRemoteStorage/" + method + "/v1/"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.toString())).build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, any -> new BoundedBody(MOST_ANSWER_BYTES));
        // the request's own time would end with the head of the answer, and only the first future stops the exchange
        return answer.copy().orTimeout(within.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, failure) -> {
            if (failure instanceof TimeoutException) {
                answer.cancel(true);
            }
        }).thenCompose(all -> body(quiet, all));
    }

    private CompletableFuture<byte[]> body(Quiet quiet, HttpResponse<byte[]> answer) {
        if (answer.statusCode() == 429 || answer.statusCode() == 503) {
            quiet.refused(nanoTime.getAsLong());
            answer.headers().firstValue("Retry-After").filter(seconds -> seconds.matches("[0-9]{1,6}")).map(Long::parseLong)
                    .ifPresent(this::demanded);
        } else {
            quiet.answered();
        }
        return answer.statusCode() == 200 ? CompletableFuture.completedFuture(answer.body())
                : CompletableFuture.failedFuture(new IOException("it answered with status " + answer.statusCode()));
    }

    private void demanded(long seconds) {
        long end = nanoTime.getAsLong() + TimeUnit.SECONDS.toNanos(Math.min(LONGEST_DEMAND_SECONDS, seconds));
        demandedUntil.accumulateAndGet(end, (known, asked) -> asked - known > 0 ? asked : known);
    }
}
