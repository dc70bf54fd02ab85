package org.wallwhale.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Passes output on to people: without the password and without this machine's paths, and at most {@value #BURST} lines at
 * once and {@value #PER_SECOND} a second after that; the rest is counted.
 */
final class LogLines {
    private static final int BURST = 200;
    private static final int PER_SECOND = 50;

    private final Map<String, String> hidden = new LinkedHashMap<>();
    private final Consumer<String> listener;
    private final LongSupplier nanoTime;
    private double credit = BURST;
    private long creditAt;
    private long leftOut;

    LogLines(Fetch fetch, Consumer<String> listener, LongSupplier nanoTime) {
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.creditAt = nanoTime.getAsLong();
        hidden.put(fetch.content() + "/", "");
        hidden.put(fetch.target().toString(), ".");
        hidden.put(fetch.home().toString(), "~");
        // A password that equals the user name, as the sandbox's does, is no secret; hiding it would only garble the lines.
        fetch.login().filter(login -> !login.password().reveal().equals(login.username()))
                .ifPresent(login -> hidden.put(login.password().reveal(), "***"));
    }

    void accept(String line) {
        if (line.isBlank()) {
            return;
        }
        long now = nanoTime.getAsLong();
        credit = Math.min(BURST, credit + (now - creditAt) * (double) PER_SECOND / TimeUnit.SECONDS.toNanos(1));
        creditAt = now;
        if (credit < 1) {
            leftOut++;
            return;
        }
        credit--;
        tellLeftOut();
        listener.accept(clean(line));
    }

    /** Says how many lines were left out since the last one that was not. */
    void tellLeftOut() {
        if (leftOut > 0) {
            listener.accept("… " + leftOut + " lines left out");
            leftOut = 0;
        }
    }

    /** {@code text} without secrets and paths. */
    String clean(String text) {
        String clean = text;
        for (Map.Entry<String, String> entry : hidden.entrySet()) {
            clean = clean.replace(entry.getKey(), entry.getValue());
        }
        return clean;
    }
}
