package org.wallwhale.steam;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.wallwhale.secret.Secret;

/**
 * How a Steam account shall be. A new one is active unless it says otherwise; one that exists must say it.
 *
 * @param alias what downloads call it
 * @param loginName the name that it logs in with at Steam, not the nickname
 * @param password must be there for a new one; left as it is by a change that has none
 * @param ownerId who alone may use it, besides administrators who name it; null or absent: everybody
 * @param sharedSecret Base64 of the authenticator's 20 bytes, to compute Steam Guard codes: whoever has it and the password needs
 *     no second factor. Absent: left as it is; empty: removed
 */
public record AccountWish(
        @NotBlank(message = "alias is missing") @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
                message = "alias must be 1 to 64 letters, digits, dots, underscores and hyphens, and begin with a letter or digit") String alias,
        @NotBlank(message = "loginName is missing") @Pattern(regexp = "[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}",
                message = "loginName must be a Steam login name of at most 64 characters") String loginName,
        Secret password,
        @Size(max = 200, message = "displayName is longer than 200 characters") String displayName,
        AccountStatus status, UUID ownerId, Secret sharedSecret) {
    /** An account as it is, to be changed. */
    static AccountWish of(Account account) {
        return new AccountWish(account.alias(), account.loginName(), null, account.displayName(), account.status(), account.ownerId(), null);
    }

    AccountWish orActive() {
        return status != null ? this
                : new AccountWish(alias, loginName, password, displayName, AccountStatus.ACTIVE, ownerId, sharedSecret);
    }
}
