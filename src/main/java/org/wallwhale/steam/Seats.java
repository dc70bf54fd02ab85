package org.wallwhale.steam;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All seats as they stand at one moment. The claim asks the same questions in SQL, so a change here is one there: see
 * {@code SeatQueries}.
 */
public final class Seats {
    private final List<Account> accounts;
    private final Optional<Instant> addressOpensAt;
    private final Set<UUID> busy;
    private final Set<UUID> asked;
    private final Set<SeatApp> apps;
    private final Instant now;

    /**
     * @param addressOpensAt when the next login may come from this instance's address; empty for now
     * @param busy accounts that downloads run with
     * @param asked accounts that wait for a person's answer to Steam Guard
     */
    Seats(List<Account> accounts, Optional<Instant> addressOpensAt, Set<UUID> busy, Set<UUID> asked, Set<SeatApp> apps, Instant now) {
        this.accounts = accounts;
        this.addressOpensAt = addressOpensAt;
        this.busy = busy;
        this.asked = asked;
        this.apps = apps;
        this.now = now;
    }

    /**
     * Anonymous, unless that is known to be refused; then an account that is known to work for the app, then one that is not known
     * to be refused, the least recently used first. A named account is the only way.
     */
    public Choice choose(SeatWish wish) {
        return choose(wish, null);
    }

    /** The same, but of the accounts the one that the download has already comes first. {@code last} may be null. */
    public Choice choose(SeatWish wish, UUID last) {
        if (wish.accountName() == null && mayTry(Seat.ANONYMOUS, wish)) {
            return addressOpensAt.<Choice>map(at -> new Choice.Later("No more logins to Steam come from this server until " + time(at) + ".",
                    Optional.empty(), false)).orElseGet(() -> new Choice.Taken(Seat.anonymous(), "Logs in anonymously, which "
                            + (knows(Seat.ANONYMOUS, wish.appId(), true) ? "works" : "is not known to be refused") + " for app " + wish.appId() + "."));
        }
        List<Account> ways = accounts.stream().filter(account -> isWay(account, wish)).toList();
        if (ways.isEmpty()) {
            return new Choice.Never(wish.accountName() == null ? "No Steam account of this server may fetch items of app " + wish.appId() + "."
                    : "The Steam account \"" + wish.accountName() + "\" cannot fetch this item, or is not active.");
        }
        return ways.stream().filter(account -> isFree(account) && addressOpensAt.isEmpty()).min(order(wish, last))
                .<Choice>map(account -> new Choice.Taken(new Seat(account.id(), account.alias()), why(account, wish)))
                .orElseGet(() -> later(ways));
    }

    private boolean isWay(Account account, SeatWish wish) {
        return account.status() == AccountStatus.ACTIVE && (wish.accountName() == null
                ? account.mayBeChosenFor(wish.userId()) && mayTry(account.id(), wish)
                : wish.accountName().equals(account.alias()) && account.mayBeNamedBy(wish.userId(), wish.administrator())
                        && !wish.refusals().contains(account.id()));
    }

    private boolean mayTry(UUID seat, SeatWish wish) {
        return !wish.refusals().contains(seat) && !knows(seat, wish.appId(), false);
    }

    private boolean knows(UUID seat, long app, boolean works) {
        return apps.contains(new SeatApp(seat, app, works));
    }

    private boolean isFree(Account account) {
        return account.needsLogin() == null && account.opensAt(now).isEmpty() && !isBusy(account);
    }

    private boolean isBusy(Account account) {
        return busy.contains(account.id()) || account.isTested(now);
    }

    private Comparator<Account> order(SeatWish wish, UUID last) {
        return Comparator.comparing((Account account) -> !account.id().equals(last))
                .thenComparing(account -> !knows(account.id(), wish.appId(), true))
                .thenComparing(account -> Objects.requireNonNullElse(account.lastUsedAt(), Instant.EPOCH)).thenComparing(Account::alias);
    }

    private String why(Account account, SeatWish wish) {
        String name = "Logs in as the Steam account \"" + account.alias() + "\"";
        if (wish.accountName() != null) {
            return name + ", as the download asks for.";
        }
        return name + ", because an anonymous login is refused; it " + (knows(account.id(), wish.appId(), true) ? "owns app " + wish.appId()
                : "is not known to be refused for app " + wish.appId()) + ".";
    }

    private Choice.Later later(List<Account> ways) {
        List<Account> able = ways.stream().filter(account -> account.needsLogin() == null).toList();
        if (able.isEmpty()) {
            return new Choice.Later(ways.stream().map(account -> "\"" + account.alias() + "\" (" + account.needsLogin() + ")")
                    .collect(Collectors.joining(", ", "Waits for an administrator to look after the Steam account ", ".")), Optional.empty(), true);
        }
        List<Account> idle = able.stream().filter(account -> !isBusy(account)).toList();
        if (idle.isEmpty()) {
            Account first = able.stream().min(Comparator.comparing(account -> !asked.contains(account.id()))).orElseThrow();
            return new Choice.Later("The Steam account \"" + first.alias() + "\" " + (asked.contains(first.id())
                    ? "waits for an answer to Steam Guard." : "is in use by another run."), Optional.empty(), false);
        }
        Instant next = idle.stream().map(account -> Stream.of(account.opensAt(now), addressOpensAt).flatMap(Optional::stream)
                .max(Comparator.naturalOrder()).orElse(now)).min(Comparator.naturalOrder()).orElseThrow();
        if (addressOpensAt.filter(next::equals).isPresent()) {
            // no time is given: instances with another address may start it before
            return new Choice.Later("No more logins to Steam come from this server until " + time(next) + ".", Optional.empty(), false);
        }
        return new Choice.Later("The next login of a Steam account is allowed at " + time(next) + ".",
                idle.size() == able.size() ? Optional.of(next) : Optional.empty(), false);
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
