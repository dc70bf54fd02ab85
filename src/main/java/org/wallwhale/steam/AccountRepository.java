package org.wallwhale.steam;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.problem.Problem;

/** The table {@code steam_accounts}. */
@ApplicationScoped
class AccountRepository {
    private EntityManager entities;

    AccountRepository() {
    }

    @Inject
    AccountRepository(EntityManager entities) {
        this.entities = entities;
    }

    void add(Account account) {
        entities.persist(account);
    }

    void remove(Account account) {
        entities.remove(account);
    }

    /** NOT_FOUND for an unknown id. */
    Account get(UUID id) {
        return there(entities.find(Account.class, id));
    }

    /** As {@link #get}; the row is locked until the transaction ends. */
    Account getLocked(UUID id) {
        return there(entities.find(Account.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    private static Account there(Account account) {
        return Optional.ofNullable(account).orElseThrow(() -> Problem.NOT_FOUND.because("There is no Steam account with this id."));
    }

    Optional<Account> find(UUID id) {
        return Optional.ofNullable(entities.find(Account.class, id));
    }

    /** The row is locked until the transaction ends. */
    Optional<Account> findLocked(UUID id) {
        return Optional.ofNullable(entities.find(Account.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Whoever makes or changes accounts by hand, or the sealing keys, passes here, one after the other, until the transaction ends. */
    void lockAll() {
        entities.createNativeQuery("select fingerprint from key_fingerprints where name = 'data-folder' for update").getSingleResult();
    }

    Optional<Account> findByAlias(String alias) {
        return entities.createQuery("select a from Account a where a.alias = :alias", Account.class).setParameter("alias", alias)
                .getResultStream().findFirst();
    }

    List<Account> all() {
        return entities.createQuery("select a from Account a order by a.alias", Account.class).getResultList();
    }

    List<Account> page(int limit, int offset) {
        return entities.createQuery("select a from Account a order by a.alias", Account.class).setFirstResult(offset).setMaxResults(limit)
                .getResultList();
    }

    long count() {
        return entities.createQuery("select count(a) from Account a", Long.class).getSingleResult();
    }

    boolean isAdministrator(UUID user) {
        return !entities.createNativeQuery("select 1 from users where id = cast(?1 as uuid) and role = 'ADMIN'").setParameter(1, user.toString())
                .getResultList().isEmpty();
    }

    boolean isActiveUser(UUID user) {
        return !entities.createNativeQuery("select 1 from users where id = cast(?1 as uuid) and active").setParameter(1, user.toString())
                .getResultList().isEmpty();
    }

    /** A person looked after it: what earlier runs learned of its login counts no longer. */
    void forgive(UUID id) {
        entities.flush();
        entities.createNativeQuery("update steam_accounts set needs_login = null where id = cast(?1 as uuid)").setParameter(1, id.toString())
                .executeUpdate();
        entities.clear();
    }

    void testing(UUID id, Instant now, Instant until) {
        entities.createNativeQuery("update steam_accounts set test_until = cast(?2 as timestamp with time zone), "
                + "tested_at = cast(?3 as timestamp with time zone), test_result = 'running', test_detail = null where id = cast(?1 as uuid)")
                .setParameter(1, id.toString()).setParameter(2, until.atOffset(ZoneOffset.UTC)).setParameter(3, now.atOffset(ZoneOffset.UTC))
                .executeUpdate();
        entities.clear();
    }

    /** The account is free again. */
    void tested(UUID id, Instant startedAt, String result, String detail) {
        entities.createNativeQuery("update steam_accounts set test_until = null, test_result = ?2, test_detail = ?3 "
                + "where id = cast(?1 as uuid) and tested_at = cast(?4 as timestamp with time zone)")
                .setParameter(1, id.toString()).setParameter(2, result).setParameter(3, detail)
                .setParameter(4, startedAt.atOffset(ZoneOffset.UTC)).executeUpdate();
        entities.clear();
    }
}
