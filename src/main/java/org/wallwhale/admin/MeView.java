package org.wallwhale.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Set;
import org.wallwhale.access.Limits;
import org.wallwhale.access.LoginView;
import org.wallwhale.access.PastLogins;
import org.wallwhale.access.Preferences;
import org.wallwhale.access.Self;
import org.wallwhale.download.Storage;
import org.wallwhale.quota.Usage;

/**
 * The caller, what they may do, and how much of it is used.
 *
 * @param scopes none while the password must be changed
 * @param limits the API key's for a call with one, else the user's
 * @param usage one entry for each limit that binds the caller; empty where nothing is limited
 * @param storage the user's, also for a call with an API key
 * @param sandbox whether downloads may name the account {@code sandbox}
 * @param preferences the user's, also for a call with an API key
 * @param csrfToken for the header {@code X-CSRF-Token}; null for a call without a session
 */
public record MeView(LoginView.UserView user, Set<String> scopes, boolean mustChangePassword, Limits limits, List<Usage> usage,
        Storage storage, boolean sandbox, Preferences preferences, @JsonUnwrapped PastLogins past, String csrfToken) {
    static MeView of(Self self, List<Usage> usage, Storage storage, boolean sandbox) {
        return new MeView(self.user(), self.scopes(), self.mustChangePassword(), self.limits(), usage, storage, sandbox, self.preferences(), self.past(),
                self.csrfToken());
    }
}
