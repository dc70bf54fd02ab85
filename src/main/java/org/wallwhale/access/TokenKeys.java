package org.wallwhale.access;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.wallwhale.config.DataFolder;

/** The RSA key pair that signs our tokens: {@code secrets/token-key} in the data folder, made at first start. */
record TokenKeys(RSAPrivateCrtKey privateKey) {
    static TokenKeys in(DataFolder folder) {
        try {
            byte[] pkcs8 = folder.secret("token-key", TokenKeys::freshPkcs8);
            return new TokenKeys((RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException | ClassCastException e) {
            throw new IllegalStateException("The file secrets/token-key in the data folder holds no RSA key in PKCS #8; "
                    + "restore it from a backup, or delete it to have a new one made (all sessions end then).", e);
        }
    }

    String publicPem() {
        try {
            PublicKey publicKey = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
            return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey.getEncoded())
                    + "\n-----END PUBLIC KEY-----";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has RSA", e);
        }
    }

    private static byte[] freshPkcs8() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair().getPrivate().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has RSA", e);
        }
    }
}
