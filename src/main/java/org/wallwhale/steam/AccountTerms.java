package org.wallwhale.steam;

import java.util.UUID;

/** What an administrator says of an account, for the audit log. */
record AccountTerms(String alias, String loginName, String displayName, AccountStatus status, UUID ownerId, boolean hasSharedSecret) {
    static AccountTerms of(Account account) {
        return new AccountTerms(account.alias(), account.loginName(), account.displayName(), account.status(), account.ownerId(),
                account.sharedSecret() != null);
    }
}
