package org.wallwhale.certificate;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes keys on the curve P-256, certificates that they sign for themselves (RFC 5280) and requests for others (RFC 2986). */
public final class Making {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final int CONTEXT_0 = 0xa0;
    private static final int CONTEXT_3 = 0xa3;
    /** A client whose clock is slow takes it as well. */
    private static final Duration EARLIER = Duration.ofHours(1);

    private Making() {
    }

    static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no curve P-256", e);
        }
    }

    /** With a key of its own. {@code names} as {@link HostNames#parse} gives them; clients must be told to trust it. */
    public static KeyedCertificate selfSigned(List<String> names, Duration lasting, Instant now) {
        KeyPair key = key();
        byte[] name = name(names.get(0));
        byte[] serial = new byte[16];
        new SecureRandom().nextBytes(serial);
        byte[] content = Der.sequence(Der.value(CONTEXT_0, Der.integer(BigInteger.TWO)), Der.integer(new BigInteger(1, serial)), ECDSA_WITH_SHA256,
                name, Der.sequence(Der.time(now.minus(EARLIER)), Der.time(now.plus(lasting))), name, key.getPublic().getEncoded(),
                Der.value(CONTEXT_3, Der.sequence(HostNames.extension(names), authority(), use(), servers())));
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(signed(content, key)));
            return new KeyedCertificate(key.getPrivate(), List.of(certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a certificate authority is to certify: these names and this key, which signs it. */
    static byte[] request(List<String> names, KeyPair key) {
        byte[] wishes = Der.sequence(Der.identifier("1.2.840.113549.1.9.14"), Der.value(Der.SET, Der.sequence(HostNames.extension(names))));
        return signed(Der.sequence(Der.integer(BigInteger.ZERO), Der.sequence(), key.getPublic().getEncoded(), Der.value(CONTEXT_0, wishes)), key);
    }

    private static byte[] signed(byte[] content, KeyPair key) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(content);
            return Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** People see it; programs look at the names. No more than 64 characters fit. */
    private static byte[] name(String first) {
        String text = first.length() <= 64 ? first : "WallWhale Server";
        return Der.sequence(Der.value(Der.SET, Der.sequence(Der.identifier("2.5.4.3"), Der.text(text))));
    }

    /** None: whoever trusts it trusts nothing that its key could sign besides. */
    private static byte[] authority() {
        return Der.sequence(Der.identifier("2.5.29.19"), Der.yes(), Der.octets(Der.sequence()));
    }

    /** digitalSignature. */
    private static byte[] use() {
        return Der.sequence(Der.identifier("2.5.29.15"), Der.yes(), Der.octets(Der.bits(7, new byte[] {(byte) 0x80})));
    }

    private static byte[] servers() {
        return Der.sequence(Der.identifier("2.5.29.37"), Der.octets(Der.sequence(Der.identifier("1.3.6.1.5.5.7.3.1"))));
    }
}
