package org.wallwhale.access;

/** A new key, with its text for the only time. */
public record CreatedApiKey(String key, ApiKeyView apiKey) {
    static CreatedApiKey of(ApiKey key, ApiKeyText text) {
        return new CreatedApiKey(text.reveal(), ApiKeyView.of(key));
    }

    @Override
    public String toString() {
        return "CreatedApiKey[" + apiKey.id() + "]";
    }
}
