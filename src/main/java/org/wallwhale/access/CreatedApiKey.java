package org.wallwhale.access;

/**
 * A new key, with its text for the only time.
 *
 * @param key null in an answer that is replayed for an Idempotency-Key: the text was shown, and is not known any longer
 */
public record CreatedApiKey(String key, ApiKeyView apiKey) {
    static CreatedApiKey of(ApiKey key, ApiKeyText text) {
        return new CreatedApiKey(text.reveal(), ApiKeyView.of(key));
    }

    CreatedApiKey withoutText() {
        return new CreatedApiKey(null, apiKey);
    }

    @Override
    public String toString() {
        return "CreatedApiKey[" + apiKey.id() + "]";
    }
}
