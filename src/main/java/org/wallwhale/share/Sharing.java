package org.wallwhale.share;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.wallwhale.access.Caller;
import org.wallwhale.idempotency.Answer;
import org.wallwhale.idempotency.Call;
import org.wallwhale.idempotency.Idempotency;

/** The links of one download or batch, as the caller of a request has them: with the addresses that lead to them. */
@ApplicationScoped
class Sharing {
    @Inject
    private ShareService shares;
    @Inject
    private ShareAddresses addresses;
    @Inject
    private ShareDoor door;
    @Inject
    private Idempotency idempotency;

    ShareList list(Shared what, HttpServletRequest request) {
        return addresses.linked(shares.list(what, Caller.of(request)), request);
    }

    /** A new link, or the one that {@code operation} made for the same {@code key} before; null for no key. */
    Answer<ShareView> make(Shared what, String operation, String key, ShareTerms terms, HttpServletRequest request) {
        Caller caller = Caller.of(request);
        String passwordHash = door.hash(terms.password(), () -> shares.demandChangeable(what, caller));
        Answer<ShareView> made = idempotency.once(Call.of(caller.credentialId(), operation, key, what.id(), terms.withoutPassword(),
                door.fingerprint(terms.password())), ShareView.class, () -> shares.create(what, terms, passwordHash, caller));
        return new Answer<>(addresses.linked(made.value(), request), made.replayed());
    }
}
