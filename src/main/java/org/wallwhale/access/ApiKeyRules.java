package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.wallwhale.problem.Problem;

/** What the terms of a key may be. Nobody gives a key more than they have themselves. */
@ApplicationScoped
class ApiKeyRules {
    private static final int LONGEST_IP_ALLOW = 2000;
    private ApiKeyRepository keys;

    ApiKeyRules() {
    }

    @Inject
    ApiKeyRules(ApiKeyRepository keys) {
        this.keys = keys;
    }

    /** INVALID for terms that nobody may have, FORBIDDEN for those that the caller may not give; {@code key} is one to be changed. */
    void demand(ApiKeyTerms terms, Optional<ApiKey> key, Caller caller, Instant now) {
        demandSound(terms, key, now);
        if (!caller.scopes().containsAll(Scope.effective(terms.scopes(), Role.ADMIN))) {
            throw Problem.FORBIDDEN.at("/scopes", "A key cannot have scopes that these credentials do not have.");
        }
        if (caller.keyId().isPresent()) {
            demandNoMore(terms, keys.get(caller.keyId().get()), now);
        }
    }

    private static void demandSound(ApiKeyTerms terms, Optional<ApiKey> key, Instant now) {
        if (terms.ofKindTest() && terms.scopes().stream().anyMatch(scope -> scope.startsWith("admin:"))) {
            throw Problem.INVALID.at("/scopes", "A key of kind test reaches the sandbox only: it cannot have a scope admin:….");
        }
        if (key.isPresent() && terms.kind() != null && !terms.kind().equals(key.get().kind())) {
            throw Problem.INVALID.at("/kind", "The kind of a key never changes.");
        }
        if (key.isPresent() && terms.userId() != null && !terms.userId().equals(key.get().userId())) {
            throw Problem.INVALID.at("/userId", "The owner of a key never changes.");
        }
        Instant known = key.map(ApiKey::expiresAt).orElse(null);
        if (terms.expiresAt() != null && !terms.expiresAt().isAfter(now) && !terms.expiresAt().equals(known)) {
            throw Problem.INVALID.at("/expiresAt", "expiresAt must lie in the future");
        }
        if (terms.meta() != null && terms.meta().toString().length() > 4000) {
            throw Problem.INVALID.at("/meta", "meta is longer than 4,000 characters.");
        }
        demandNetworks(terms.ipAllow() == null ? List.of() : terms.ipAllow());
    }

    private static void demandNetworks(List<String> networks) {
        for (int i = 0; i < networks.size(); i++) {
            if (!Networks.isNetwork(networks.get(i)) || !networks.get(i).equals(networks.get(i).strip())) {
                throw Problem.INVALID.at("/ipAllow/" + i, "This is no address and no network such as 192.0.2.0/24 or 2001:db8::/32.");
            }
        }
        if (String.join(" ", networks).length() > LONGEST_IP_ALLOW) {
            throw Problem.INVALID.at("/ipAllow", "ipAllow is longer than 2,000 characters.");
        }
    }

    /** A key that makes or changes another must still be good itself, and stays the measure of the other. */
    private static void demandNoMore(ApiKeyTerms terms, ApiKey maker, Instant now) {
        if (!maker.isUsable(now)) {
            throw Problem.UNAUTHENTICATED.because("This API key was revoked just now, or has expired.");
        }
        if (maker.expiresAt() != null && (terms.expiresAt() == null || terms.expiresAt().isAfter(maker.expiresAt()))) {
            throw Problem.FORBIDDEN.at("/expiresAt", "A key that expires cannot make one that lives longer.");
        }
        if (!maker.ipAllow().isEmpty() && (terms.ipAllow() == null || !maker.ipAllow().containsAll(terms.ipAllow())
                || terms.ipAllow().isEmpty())) {
            throw Problem.FORBIDDEN.at("/ipAllow", "A key that is bound to addresses can only make keys that are bound to some of these.");
        }
        demandWithin("rateLimit", Limits::rateLimit, terms, maker);
        demandWithin("quotaDaily", Limits::quotaDaily, terms, maker);
        demandWithin("quotaMonthly", Limits::quotaMonthly, terms, maker);
        demandWithin("downloadsDaily", Limits::downloadsDaily, terms, maker);
        demandWithin("downloadsMonthly", Limits::downloadsMonthly, terms, maker);
        demandWithin("maxConcurrent", Limits::maxConcurrent, terms, maker);
        demandWithin("maxRuntimeSeconds", Limits::maxRuntimeSeconds, terms, maker);
    }

    private static void demandWithin(String member, Function<Limits, Integer> limit, ApiKeyTerms terms, ApiKey maker) {
        Integer most = limit.apply(maker.limits());
        Integer wanted = limit.apply(terms.limits());
        if (most != null && (wanted == null || wanted > most)) {
            throw Problem.FORBIDDEN.at("/" + member, "A key whose " + member + " is " + most + " cannot give more than that.");
        }
    }
}
