package org.wallwhale.quota;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Limits;

/** Which limits bind a call: those of the API key, if it was made with one, and those of its user. */
final class Shares {
    private Shares() {
    }

    static List<Share> of(Caller caller, Limits defaults, Predicate<Policy> which) {
        List<Share> shares = new ArrayList<>();
        caller.keyId().ifPresent(key -> add(shares, key, caller.keyLimits().orElse(Limits.DEFAULTS), defaults, which, ""));
        // A user's own limit binds all of the user's keys together; the default binds each credential by itself.
        if (caller.keyId().isPresent()) {
            add(shares, caller.userId(), caller.userLimits(), Limits.DEFAULTS, which, "user-");
        } else {
            add(shares, caller.userId(), caller.userLimits(), defaults, which, "");
        }
        return shares;
    }

    /** Of the owner of a download, and the API key that it was submitted with. */
    static List<Share> of(UUID user, Limits userLimits, Optional<UUID> key, Limits keyLimits, Limits defaults, Predicate<Policy> which) {
        List<Share> shares = new ArrayList<>();
        key.ifPresent(id -> add(shares, id, keyLimits, defaults, which, ""));
        add(shares, user, userLimits, key.isPresent() ? Limits.DEFAULTS : defaults, which, key.isPresent() ? "user-" : "");
        return shares;
    }

    private static void add(List<Share> shares, UUID holder, Limits own, Limits defaults, Predicate<Policy> which,
            String prefix) {
        for (Policy policy : Policy.values()) {
            Integer limit = policy.limit(own) == null ? policy.limit(defaults) : policy.limit(own);
            if (limit != null && which.test(policy)) {
                shares.add(new Share(holder, policy, limit, prefix + policy.wireName()));
            }
        }
    }
}
