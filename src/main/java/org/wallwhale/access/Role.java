package org.wallwhale.access;

import java.util.Set;

/** What a user may do at most; a key never has more than its owner. */
public enum Role {
    USER(Set.of(Scope.DOWNLOAD_READ, Scope.DOWNLOAD_WRITE, Scope.DOWNLOAD_EXPORT)),
    ADMIN(Set.of(Scope.DOWNLOAD_READ, Scope.DOWNLOAD_WRITE, Scope.DOWNLOAD_EXPORT, Scope.ADMIN_READ, Scope.ADMIN_WRITE));

    private final Set<String> scopes;

    Role(Set<String> scopes) {
        this.scopes = scopes;
    }

    /** Written out, without {@code *}. */
    public Set<String> scopes() {
        return scopes;
    }
}
