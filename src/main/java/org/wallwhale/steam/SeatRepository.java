package org.wallwhale.steam;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The tables {@code steam_logins}, {@code steam_addresses} and {@code steam_apps}, and what runs teach about accounts. */
@ApplicationScoped
class SeatRepository {
    private EntityManager entities;

    SeatRepository() {
    }

    @Inject
    SeatRepository(EntityManager entities) {
        this.entities = entities;
    }

    Optional<Address> findAddress(String name) {
        return Optional.ofNullable(entities.find(Address.class, name));
    }

    Set<SeatApp> apps() {
        List<?> rows = entities.createNativeQuery("select cast(seat_id as varchar), app_id, works from steam_apps").getResultList();
        return rows.stream().map(Object[].class::cast).map(row -> new SeatApp(UUID.fromString(row[0].toString()),
                ((Number) row[1]).longValue(), (Boolean) row[2])).collect(Collectors.toSet());
    }

    /** Logins of each account after {@code since}; nothing of those that have none. */
    Map<UUID, Integer> logins(Collection<UUID> accounts, Instant since) {
        return accounts.isEmpty() ? Map.of() : entities.createQuery(
                "select l.accountId, count(l) from PastLogin l where l.accountId in :accounts and l.at > :since group by l.accountId", Object[].class)
                .setParameter("accounts", accounts).setParameter("since", since).getResultStream()
                .collect(Collectors.toMap(row -> (UUID) row[0], row -> ((Number) row[1]).intValue()));
    }

    int loginsFrom(String address, Instant since) {
        return entities.createQuery("select count(l) from PastLogin l where l.address = :address and l.at > :since", Long.class)
                .setParameter("address", address).setParameter("since", since).getSingleResult().intValue();
    }

    void add(PastLogin login) {
        entities.persist(login);
        entities.flush();
    }

    void dropLoginsBefore(Instant time) {
        entities.createQuery("delete from PastLogin l where l.at < :time").setParameter("time", time).executeUpdate();
    }

    /** The {@code number}-th newest login of an account, counted from 1. */
    Optional<Instant> loginOf(UUID account, int number) {
        return entities.createQuery("select l from PastLogin l where l.accountId = :account order by l.at desc", PastLogin.class)
                .setParameter("account", account).setFirstResult(number - 1).setMaxResults(1).getResultStream().findFirst().map(PastLogin::at);
    }

    Optional<Instant> loginFrom(String address, int number) {
        return entities.createQuery("select l from PastLogin l where l.address = :address order by l.at desc", PastLogin.class)
                .setParameter("address", address).setFirstResult(number - 1).setMaxResults(1).getResultStream().findFirst().map(PastLogin::at);
    }

    void used(UUID account, Instant now) {
        update("update steam_accounts set last_used_at = cast(?2 as timestamp with time zone) where id = cast(?1 as uuid)", account, now);
    }

    void nextLoginAt(UUID account, Instant next) {
        update("update steam_accounts set next_login_at = cast(?2 as timestamp with time zone) where id = cast(?1 as uuid)", account, next);
    }

    void nextLoginFrom(String address, Instant next) {
        ensure(address);
        entities.createNativeQuery("update steam_addresses set next_login_at = cast(?2 as timestamp with time zone) where address = ?1")
                .setParameter(1, address).setParameter(2, next.atOffset(ZoneOffset.UTC)).executeUpdate();
        entities.clear();
    }

    void rateLimited(UUID account, Instant until) {
        update("update steam_accounts set rate_limits = rate_limits + 1, rate_limited_until = cast(?2 as timestamp with time zone) "
                + "where id = cast(?1 as uuid)", account, until);
    }

    /** For whoever decides by what stands there: logins that are refused together come one after the other. */
    Address lockAddress(String name) {
        ensure(name);
        entities.clear();
        return entities.find(Address.class, name, LockModeType.PESSIMISTIC_WRITE);
    }

    /** {@code times} more in a row. A longer rest that is on already stays. */
    void rateLimited(String address, Instant until, int times) {
        entities.createNativeQuery("update steam_addresses set rate_limits = rate_limits + ?3, rate_limited_until = case "
                + "when rate_limited_until > cast(?2 as timestamp with time zone) then rate_limited_until "
                + "else cast(?2 as timestamp with time zone) end where address = ?1")
                .setParameter(1, address).setParameter(2, until.atOffset(ZoneOffset.UTC)).setParameter(3, times).executeUpdate();
        entities.clear();
    }

    /** Unless the account was changed since its secrets were read, as {@code version} says. */
    void needsLogin(UUID account, int version, String code) {
        entities.createNativeQuery("update steam_accounts set needs_login = ?3 where id = cast(?1 as uuid) and version = ?2")
                .setParameter(1, account.toString()).setParameter(2, version).setParameter(3, code).executeUpdate();
        entities.clear();
    }

    /** Steam let the account in. */
    void loggedIn(UUID account) {
        entities.createNativeQuery("update steam_accounts set needs_login = null, rate_limits = 0, rate_limited_until = null "
                + "where id = cast(?1 as uuid)").setParameter(1, account.toString()).executeUpdate();
        entities.clear();
    }

    /** Unless the login began before the address's last rest was over: it says nothing of what came after. */
    void loggedInFrom(String address, Instant began) {
        entities.createNativeQuery("update steam_addresses set rate_limits = 0 where address = ?1 and rate_limits > 0 "
                + "and rate_limited_until <= cast(?2 as timestamp with time zone)")
                .setParameter(1, address).setParameter(2, began.atOffset(ZoneOffset.UTC)).executeUpdate();
        entities.clear();
    }

    /**
     * What worked after {@code proven} is not forgotten for a refusal: Steam refuses those too whose licenses it lists too late. What
     * did before may be lost since.
     */
    void learn(SeatApp app, Instant now, Instant proven) {
        entities.createNativeQuery("delete from steam_apps where seat_id = cast(?1 as uuid) and app_id = ?2 and (not works or ?3 "
                + "or learned_at < cast(?4 as timestamp with time zone))").setParameter(1, app.seatId().toString()).setParameter(2, app.appId())
                .setParameter(3, app.works()).setParameter(4, proven.atOffset(ZoneOffset.UTC)).executeUpdate();
        if (!app.works() && knows(app)) {
            return;
        }
        entities.createNativeQuery("insert into steam_apps (seat_id, app_id, works, learned_at) values (cast(?1 as uuid), ?2, ?3, "
                + "cast(?4 as timestamp with time zone))").setParameter(1, app.seatId().toString()).setParameter(2, app.appId())
                .setParameter(3, app.works()).setParameter(4, now.atOffset(ZoneOffset.UTC)).executeUpdate();
    }

    private boolean knows(SeatApp app) {
        return !entities.createNativeQuery("select 1 from steam_apps where seat_id = cast(?1 as uuid) and app_id = ?2")
                .setParameter(1, app.seatId().toString()).setParameter(2, app.appId()).getResultList().isEmpty();
    }

    /** What was refused long ago is worth another try. */
    void forgetRefusalsBefore(Instant time) {
        entities.createNativeQuery("delete from steam_apps where not works and learned_at < cast(?1 as timestamp with time zone)")
                .setParameter(1, time.atOffset(ZoneOffset.UTC)).executeUpdate();
    }

    void forgetApps(UUID seat) {
        entities.createNativeQuery("delete from steam_apps where seat_id = cast(?1 as uuid)").setParameter(1, seat.toString()).executeUpdate();
    }

    private void ensure(String address) {
        if (findAddress(address).isEmpty()) {
            entities.createNativeQuery("insert into steam_addresses (address) values (?1)").setParameter(1, address).executeUpdate();
        }
    }

    private void update(String sql, UUID account, Instant time) {
        entities.createNativeQuery(sql).setParameter(1, account.toString()).setParameter(2, time.atOffset(ZoneOffset.UTC)).executeUpdate();
        entities.clear();
    }
}
