package org.wallwhale.steam;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.access.Caller;
import org.wallwhale.audit.AuditService;
import org.wallwhale.config.SealingConfig;
import org.wallwhale.problem.Problem;
import org.wallwhale.secret.Place;
import org.wallwhale.secret.Sealing;
import org.wallwhale.secret.SealingException;

/**
 * Gives the sealing keys a successor and seals the secrets of accounts anew, a row at a time, while all instances use and change
 * them: each reads the keys at each use, and a row that somebody else changed meanwhile is left to the next round.
 */
@ApplicationScoped
public class RotationService {
    private AccountRepository accounts;
    private SealingConfig keys;
    private Sealing sealing;
    private AuditService audit;

    RotationService() {
    }

    @Inject
    RotationService(AccountRepository accounts, SealingConfig keys, AuditService audit) {
        this.accounts = accounts;
        this.keys = keys;
        this.sealing = keys.sealing();
        this.audit = audit;
    }

    /** Adds a key, by which everything is sealed from now on. CONFLICT where the keys' file is the operator's own. */
    @Transactional
    public void addKey(Caller caller) {
        accounts.lockAll();
        if (!keys.isOurs()) {
            throw Problem.CONFLICT.because("The sealing keys lie in a file of yours: add a line to it on all instances (openssl rand -base64 32); "
                    + "what older keys sealed is then sealed anew within ten minutes.");
        }
        audit.done(caller.actor(), "secrets.rotate", "admin/secrets", null, null);
        keys.addKey();
    }

    /**
     * Makes sure that these are the keys that the accounts' secrets are sealed with.
     *
     * @throws IllegalStateException with a sentence that says what to restore; nothing was made or changed then
     */
    @Transactional
    public void confirmKeys() {
        List<Account> all = accounts.all();
        if (!all.isEmpty() && !keys.isThere()) {
            throw new IllegalStateException("The start is refused, and nothing was changed, because the sealing keys are missing, which "
                    + "the passwords of " + all.size() + " Steam accounts need: restore them from the backup that was taken with this database.");
        }
        try {
            all.forEach(account -> {
                sealing.open(account.password(), account.passwordPlace());
                Optional.ofNullable(account.sharedSecret()).ifPresent(sealed -> sealing.open(sealed, account.sharedSecretPlace()));
            });
        } catch (SealingException e) {
            throw new IllegalStateException("The start is refused, and nothing was changed. " + e.getMessage() + ". Or give its account up: "
                    + "delete that row in the database.");
        }
    }

    /** The accounts that some older key has sealed something of. */
    @Transactional
    public List<UUID> outdated() {
        return accounts.all().stream().filter(this::isOutdated).map(Account::id).toList();
    }

    /** Seals what is left of one account; the locked row is nobody else's meanwhile. Does nothing for one that is gone. */
    @Transactional
    public void reseal(UUID id) {
        accounts.findLocked(id).filter(this::isOutdated).ifPresent(account -> account.keepSecrets(
                sealing.seal(sealing.open(account.password(), account.passwordPlace()), account.passwordPlace()),
                Optional.ofNullable(account.sharedSecret()).map(sealed ->
                        sealing.seal(sealing.open(sealed, account.sharedSecretPlace()), account.sharedSecretPlace())).orElse(null)));
    }

    private boolean isOutdated(Account account) {
        return isOutdated(account.password(), account.passwordPlace())
                || account.sharedSecret() != null && isOutdated(account.sharedSecret(), account.sharedSecretPlace());
    }

    private boolean isOutdated(String sealed, Place place) {
        return sealing.needsResealing(sealed, place);
    }
}
