package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.problem.Problem;

/** The table {@code users}. */
@ApplicationScoped
class UserRepository {
    private EntityManager entities;

    UserRepository() {
    }

    @Inject
    UserRepository(EntityManager entities) {
        this.entities = entities;
    }

    void add(User user) {
        entities.persist(user);
    }

    /** Deleted users too, who are never active. */
    Optional<User> find(UUID id) {
        return Optional.ofNullable(entities.find(User.class, id));
    }

    Optional<User> findExternal(String issuer, String subject) {
        return entities.createQuery("select u from User u where u.issuer = :issuer and u.subject = :subject", User.class)
                .setParameter("issuer", issuer).setParameter("subject", subject).getResultStream().findFirst();
    }

    /** NOT_FOUND for an unknown and for a deleted user. */
    User get(UUID id) {
        return there(entities.find(User.class, id));
    }

    /** As {@link #get}, as it is now: whoever locks it later in the transaction reads it anew, and no change of this one is written. */
    User peek(UUID id) {
        User user = get(id);
        entities.detach(user);
        return user;
    }

    /** As {@link #get}; the row is locked until the transaction ends. */
    User getLocked(UUID id) {
        return there(locked(id));
    }

    /** As {@link #find}; the row is locked until the transaction ends. */
    Optional<User> findLocked(UUID id) {
        return Optional.ofNullable(locked(id));
    }

    private User locked(UUID id) {
        return entities.find(User.class, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private static User there(User user) {
        return Optional.ofNullable(user).filter(found -> !found.isDeleted())
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no user with this id."));
    }

    /** Not those who log in elsewhere, whose address is made up. */
    Optional<User> findByEmail(String email) {
        return entities.createQuery("select u from User u where u.email = :email and u.deletedAt is null and u.issuer is null", User.class)
                .setParameter("email", User.normalized(email)).getResultStream().findFirst();
    }

    /** Oldest first. {@code text} is a part of the address; an empty one is a part of every address. */
    List<User> page(String text, int limit, int offset) {
        return entities.createQuery("""
                select u from User u where u.deletedAt is null and u.email like :text escape '!'
                order by u.createdAt, u.id""", User.class)
                .setParameter("text", pattern(text)).setFirstResult(offset).setMaxResults(limit).getResultList();
    }

    long count(String text) {
        return entities.createQuery("select count(u) from User u where u.deletedAt is null and u.email like :text escape '!'", Long.class)
                .setParameter("text", pattern(text)).getSingleResult();
    }

    private static String pattern(String text) {
        return "%" + text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
    }

    /** All who make, change or delete users pass here one after the other, until their transaction ends. */
    void lockAll() {
        entities.createNativeQuery("select id from user_lock where id = 1 for update").getSingleResult();
    }

    /** Those who get in even when no other issuer can be reached. Exact under {@link #lockAll}. */
    long countActiveAdministrators() {
        return entities.createQuery("select count(u) from User u where u.role = :role and u.active = true and u.issuer is null", Long.class)
                .setParameter("role", Role.ADMIN).getSingleResult();
    }

    /** Leaves the row's version alone, so that a login neither fails nor spoils somebody's change. */
    void loggedIn(UUID id, Instant now) {
        entities.createNativeQuery("update users set last_login_at = cast(?2 as timestamp with time zone), failed_at_login = failed_logins "
                + "where id = cast(?1 as uuid)")
                .setParameter(1, id.toString()).setParameter(2, now.atOffset(ZoneOffset.UTC)).executeUpdate();
    }

    /** Likewise. */
    void prefer(UUID id, Preferences wish) {
        entities.createNativeQuery("update users set theme = ?2, density = ?3, language = ?4 where id = cast(?1 as uuid)")
                .setParameter(1, id.toString()).setParameter(2, wish.theme().name()).setParameter(3, wish.density().name())
                .setParameter(4, wish.language().name()).executeUpdate();
        entities.clear();
    }

    /** Leaves the row's version alone too. Does nothing for an unknown id. */
    void addFailedLogins(UUID id, FailedLoginTally.Count count) {
        entities.createNativeQuery("""
                update users set failed_logins = failed_logins + ?2, last_failed_login_at = greatest(
                coalesce(last_failed_login_at, cast(?3 as timestamp with time zone)), cast(?3 as timestamp with time zone))
                where id = cast(?1 as uuid)""")
                .setParameter(1, id.toString()).setParameter(2, count.number()).setParameter(3, count.last().atOffset(ZoneOffset.UTC))
                .executeUpdate();
    }
}
