package org.wallwhale.access;

import java.util.Set;

/**
 * Who is calling, and what they may do.
 *
 * @param scopes none while the password must be changed
 * @param limits the API key's for a call with one, else the user's
 * @param preferences the user's
 * @param past of the account
 * @param csrfToken for {@code X-CSRF-Token}; null for a call without a session
 */
public record Self(LoginView.UserView user, Set<String> scopes, boolean mustChangePassword, Limits limits, Preferences preferences, PastLogins past,
        String csrfToken) {
}
