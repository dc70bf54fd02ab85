package org.wallwhale.engine;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Passes output on to people: without the password and without this machine's paths, and at most {@value #BURST} lines at
 * once and {@value #PER_SECOND} a second after that, far fewer of those that repeat, {@value #MOST} in all; the rest is counted.
 * The last lines of all are always passed on.
 */
final class LogLines {
    private static final int BURST = 200;
    private static final int PER_SECOND = 20;
    private static final int COST_OF_TROUBLE = 10;
    private static final int LAST = 20;
    /** Of one run. At full speed for hours it would fill the database, and nobody reads more. */
    private static final int MOST = 10_000;

    private final Map<String, String> hidden = new LinkedHashMap<>();
    private final ArrayDeque<String> withheld = new ArrayDeque<>();
    private final Consumer<String> listener;
    private final LongSupplier nanoTime;
    private double credit = BURST;
    private long creditAt;
    private long leftOut;
    private int passed;

    LogLines(Fetch fetch, Consumer<String> listener, LongSupplier nanoTime) {
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.creditAt = nanoTime.getAsLong();
        hidden.put(fetch.content() + "/", "");
        hidden.put(fetch.target().toString(), ".");
        hidden.put(fetch.home().toString(), "~");
        fetch.tool().command().stream().filter(part -> part.startsWith("/"))
                .forEach(part -> hidden.put(part, part.substring(part.lastIndexOf('/') + 1)));
        // A password that equals the user name, as the sandbox's does, is no secret; hiding it would only garble the lines. The log is
        // read by owners of downloads, who know an account by its alias alone.
        fetch.login().filter(login -> !login.password().reveal().equals(login.username())).ifPresent(login -> {
            hidden.put(login.password().reveal(), "***");
            hidden.put("'" + login.username() + "'", "the account");
            hidden.put('"' + login.username() + '"', "the account");
        });
    }

    /** {@code trouble} for a line of the kind that repeats without end. */
    void accept(String line, boolean trouble) {
        if (line.isBlank()) {
            return;
        }
        long now = nanoTime.getAsLong();
        credit = Math.min(BURST, credit + (now - creditAt) * (double) PER_SECOND / TimeUnit.SECONDS.toNanos(1));
        creditAt = now;
        int cost = trouble ? COST_OF_TROUBLE : 1;
        if (credit < cost || passed >= MOST) {
            withhold(line);
            return;
        }
        credit -= cost;
        leftOut += withheld.size();
        withheld.clear();
        tellLeftOut();
        listener.accept(clean(line));
        if (++passed == MOST) {
            listener.accept("… this log is full; its last lines follow at the end");
        }
    }

    /** There are no more lines. */
    void end() {
        tellLeftOut();
        withheld.forEach(line -> listener.accept(clean(line)));
        withheld.clear();
    }

    /** {@code text} without secrets and paths. */
    String clean(String text) {
        String clean = text;
        for (Map.Entry<String, String> entry : hidden.entrySet()) {
            clean = clean.replace(entry.getKey(), entry.getValue());
        }
        return clean;
    }

    private void withhold(String line) {
        withheld.add(line);
        if (withheld.size() > LAST) {
            withheld.remove();
            leftOut++;
        }
    }

    private void tellLeftOut() {
        if (leftOut > 0) {
            listener.accept("… " + leftOut + " lines left out");
            leftOut = 0;
        }
    }
}
