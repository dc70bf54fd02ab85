package org.wallwhale.idempotency;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A call that may be sent again.
 *
 * @param caller the credential that it came with: the API key's id, else the user's
 * @param operation as in the OpenAPI document
 * @param key empty where nobody wants it to be replayed
 * @param request all that tells this call from another one of the operation: the body, and what the address names
 */
public record Call(UUID caller, String operation, Optional<String> key, List<Object> request) {
    /** The header that holds the key. */
    public static final String KEY = "Idempotency-Key";
    /** Of the header's value, as a regular expression. */
    public static final String SYNTAX = "^[ -~]{1,255}$";
    public static final String SYNTAX_FAULT = "The header Idempotency-Key must hold 1 to 255 printable ASCII characters";

    /** {@code key} is the header's value, null without one. */
    public static Call of(UUID caller, String operation, String key, Object... request) {
        return new Call(caller, operation, Optional.ofNullable(key), List.of(request));
    }

    /** What the key is unique among: neither another caller's nor another operation's is the same. */
    String id() {
        return Written.hash(List.of(caller, operation, key.orElseThrow()));
    }

    String requestHash() {
        return Written.hash(request);
    }
}
