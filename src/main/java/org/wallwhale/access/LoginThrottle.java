package org.wallwhale.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.wallwhale.audit.Actor;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/**
 * How often passwords may be tried on this instance: in a minute 30 times from an address, in an hour fewer than 20 times on an
 * account from one address, with growing waits, and 80 times on an account from all strange addresses together. An owner is never
 * locked out: an address that logged in before is bound by its own failures only, and the last eight of an account's tries are
 * for addresses that have not failed on it yet. A try counts before its password is looked at, so that parallel ones cannot
 * slip through; a right password gives it back. Accounts need not exist, nor be a user's.
 */
@ApplicationScoped
public class LoginThrottle {
    private static final int MOST = 20_000;
    private static final double PER_ADDRESS = 15;
    private static final double PER_ACCOUNT = 20;
    private static final double FOR_THE_UNTRIED = 8;
    private static final int FREE_FAILURES = 5;
    private static final long LONGEST_WAIT_SECONDS = 600;
    private static final double MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    private final LongSupplier nanoTime;
    /** Each level falls by {@link #PER_ADDRESS} in a minute. */
    private final Cache<String, Level> addresses;
    /** Each level falls by one in a minute. */
    private final Cache<String, Level> accounts;
    private final Cache<Pair, Failures> pairs;
    private final Cache<Pair, Boolean> trusted;

    LoginThrottle() {
        this(System::nanoTime);
    }

    LoginThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        addresses = bounded(Duration.ofMinutes(2));
        accounts = bounded(Duration.ofHours(1));
        pairs = bounded(Duration.ofHours(2));
        trusted = bounded(Duration.ofDays(30));
    }

    private record Pair(String account, String network) {
    }

    private record Level(double value, long measured) {
        double at(long now, double perMinute) {
            return Math.max(0, value - (now - measured) * perMinute / MINUTE_NANOS);
        }
    }

    private record Failures(int count, long notBefore) {
        static final Failures NONE = new Failures(0, 0);

        Failures oneMore(long now) {
            long seconds = count + 1 < FREE_FAILURES ? 0 : Math.min(LONGEST_WAIT_SECONDS, 2L << Math.min(20, count + 1 - FREE_FAILURES));
            return new Failures(count + 1, now + Duration.ofSeconds(seconds).toNanos());
        }
    }

    /** Counts a try; TOO_MANY_REQUESTS, with the seconds to wait, when there are none left. */
    public synchronized void demand(String email, String address) {
        long now = nanoTime.getAsLong();
        Pair pair = pair(email, address);
        Failures failures = failures(pair);
        boolean stranger = trusted.getIfPresent(pair) == null;
        double ofAddress = level(addresses, pair.network(), now, PER_ADDRESS);
        double ofAccount = stranger ? level(accounts, pair.account(), now, 1) : 0;
        double most = failures.count() == 0 ? PER_ACCOUNT : PER_ACCOUNT - FOR_THE_UNTRIED;
        double wait = Stream.of((ofAddress + 1 - PER_ADDRESS) * 60 / PER_ADDRESS, (ofAccount + 1 - most) * 60,
                failures.count() == 0 ? 0 : (failures.notBefore() - now) / 1e9).max(Double::compare).orElseThrow();
        if (wait > 1e-6) {
            throw tooMany((long) Math.ceil(wait));
        }
        addresses.put(pair.network(), new Level(ofAddress + 1, now));
        if (stranger) {
            accounts.put(pair.account(), new Level(ofAccount + 1, now));
        }
        pairs.put(pair, failures.oneMore(now));
    }

    /** The password of the last try was right: what it cost is given back, and this address is known from now on. */
    public synchronized void succeeded(String email, String address) {
        Pair pair = pair(email, address);
        giveBack(pair);
        pairs.invalidate(pair);
        trusted.put(pair, true);
    }

    /** The password of the last try was not looked at, because the server could not. */
    public synchronized void notTried(String email, String address) {
        Pair pair = pair(email, address);
        giveBack(pair);
        pairs.put(pair, new Failures(Math.max(0, failures(pair).count() - 1), nanoTime.getAsLong()));
    }

    private Failures failures(Pair pair) {
        Failures failures = pairs.getIfPresent(pair);
        return failures == null ? Failures.NONE : failures;
    }

    private static double level(Cache<String, Level> levels, String key, long now, double perMinute) {
        Level level = levels.getIfPresent(key);
        return level == null ? 0 : level.at(now, perMinute);
    }

    private void giveBack(Pair pair) {
        long now = nanoTime.getAsLong();
        addresses.put(pair.network(), new Level(level(addresses, pair.network(), now, PER_ADDRESS) - 1, now));
        if (trusted.getIfPresent(pair) == null) {
            accounts.put(pair.account(), new Level(level(accounts, pair.account(), now, 1) - 1, now));
        }
    }

    private static ProblemException tooMany(long seconds) {
        return Problem.TOO_MANY_REQUESTS.overLimit("There were too many failed logins to this account or from this address; "
                + "try again in " + seconds + " s.", List.of("login"), seconds);
    }

    private static Pair pair(String email, String address) {
        return new Pair(User.normalized(email), Actor.network(address));
    }

    private <K, V> Cache<K, V> bounded(Duration unused) {
        return Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(unused).ticker(nanoTime::getAsLong).build();
    }
}
