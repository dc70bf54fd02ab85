package org.wallwhale.access;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The scopes that end points ask for. {@code download:*} and {@code admin:*} stand for all of their kind. */
public final class Scope {
    public static final String DOWNLOAD_READ = "download:read";
    public static final String DOWNLOAD_WRITE = "download:write";
    public static final String DOWNLOAD_EXPORT = "download:export";
    public static final String ADMIN_READ = "admin:read";
    public static final String ADMIN_WRITE = "admin:write";

    /** Any valid credential will do, even one that may do nothing else. */
    public static final String ANY = "**";

    /** Matches every scope that may be granted. */
    static final String KNOWN = "download:(read|write|export|\\*)|admin:(read|write|\\*)";

    private Scope() {
    }

    /** The scopes that {@code granted} stands for, without {@code *}, cut down to what {@code ceiling} has. */
    static Set<String> effective(Collection<String> granted, Role ceiling) {
        Set<String> effective = new TreeSet<>();
        for (String scope : ceiling.scopes()) {
            if (granted.contains(scope) || granted.contains(scope.substring(0, scope.indexOf(':')) + ":*")) {
                effective.add(scope);
            }
        }
        return effective;
    }
}
