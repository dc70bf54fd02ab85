package org.wallwhale.download;

import java.util.UUID;

/** Wishes that ask the sandbox for an item. */
final class Wishes {
    private Wishes() {
    }

    static Wish of(UUID user, String item) {
        return of(user, item, 0);
    }

    static Wish of(UUID user, String item, int priority) {
        return new Wish(user, null, item, 431960, Source.SANDBOX, "sandbox", null, null, priority);
    }
}
