package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.wallwhale.config.DataFolder;

/** HMAC-SHA-256 of API keys, under a pepper that lies in the data folder and not in the database. */
@ApplicationScoped
class KeyHash {
    private SecretKeySpec pepper;

    KeyHash() {
    }

    @Inject
    KeyHash(DataFolder folder) {
        pepper = new SecretKeySpec(folder.key(AccessConfig.KEY_PEPPER), "HmacSHA256");
    }

    String of(ApiKeyText text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(pepper);
            return HexFormat.of().formatHex(mac.doFinal(text.reveal().getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
