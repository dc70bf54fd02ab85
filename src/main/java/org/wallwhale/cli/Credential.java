package org.wallwhale.cli;

import org.wallwhale.secret.Secret;

/** What a request shows to tell who asks. */
interface Credential {
    String header();

    /** The header's value. Asked for each request, because it may be another one by then. */
    Secret value();

    /** The server refused {@code value} as no longer valid. True when there is another one now. */
    default boolean renewed(Secret value) {
        return false;
    }

    /** One that stays as it is. */
    record Fixed(String header, Secret value) implements Credential {
    }
}
