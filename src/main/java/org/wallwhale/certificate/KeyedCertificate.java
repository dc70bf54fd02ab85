package org.wallwhale.certificate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate and its key, as a server shows them.
 *
 * @param chain the server's own certificate first, then those that vouch for it
 */
public record KeyedCertificate(PrivateKey key, List<X509Certificate> chain) {
    /** Under which it lies in a key store. */
    public static final String ALIAS = "wallwhale";

    /** The key, then the certificates: no reader of one file ever sees the key of one and the certificate of another. */
    byte[] pem() {
        return (Pem.text("PRIVATE KEY", key.getEncoded()) + chainPem()).getBytes(StandardCharsets.US_ASCII);
    }

    /** What clients may have. */
    public String chainPem() {
        return Pem.of(chain);
    }

    public String keyPem() {
        return Pem.text("PRIVATE KEY", key.getEncoded());
    }

    /** Whether the key is the certificate's: it is tried out. */
    public boolean fits() {
        try {
            String algorithm = switch (key.getAlgorithm()) {
                case "EC" -> "SHA256withECDSA";
                case "RSA" -> "SHA256withRSA";
                default -> key.getAlgorithm();
            };
            byte[] something = {1, 2, 3};
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(something);
            byte[] signed = signature.sign();
            signature.initVerify(chain.get(0).getPublicKey());
            signature.update(something);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** In PKCS #12, both sealed with {@code password}. */
    public byte[] keyStore(char[] password) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store(password).store(bytes, password);
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The certificate does not go into a key store", e);
        }
    }

    private KeyStore store(char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry(ALIAS, key, password, chain.toArray(Certificate[]::new));
        return store;
    }

    /** For servers that show it and ask clients for none. */
    public SSLContext context() {
        try {
            char[] password = {};
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(password), password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The certificate cannot be shown", e);
        }
    }
}
