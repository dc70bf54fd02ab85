package org.wallwhale.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). */
public final class Pem {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {
    }

    static String text(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(content) + "\n-----END " + label + "-----\n";
    }

    static String of(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        try {
            for (X509Certificate certificate : certificates) {
                text.append(text(CERTIFICATE, certificate.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    /**
     * In the order of the file, which is PEM or one certificate in DER.
     *
     * @throws UnfitCertificateException when there is none
     */
    public static List<X509Certificate> certificates(Path file) {
        byte[] content = read(file);
        List<byte[]> found = blocks(content, CERTIFICATE);
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>();
            for (byte[] one : found.isEmpty() ? List.of(content) : found) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(one)));
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new UnfitCertificateException("The file " + file + " holds no certificate that can be read, as PEM or DER.", e);
        }
    }

    /**
     * The first key of the file, in PKCS #8 and without a password.
     *
     * @throws UnfitCertificateException when there is none
     */
    public static PrivateKey key(Path file) {
        byte[] content = read(file);
        for (byte[] one : blocks(content, "PRIVATE KEY")) {
            for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(one));
                } catch (GeneralSecurityException e) {
                    // it may be of another kind
                }
            }
        }
        boolean isOther = new String(content, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY-----");
        throw new UnfitCertificateException("The file " + file + (isOther
                ? " holds a key in a form that is not read here: make it one of PKCS #8 without a password, as "
                + "openssl pkcs8 -topk8 -nodes -in <old> -out <new> does."
                : " holds no private key: name the file that has it."), null);
    }

    /** The certificates of a file as text. */
    public static String ofFile(Path file) {
        return of(certificates(file));
    }

    /** The certificates of one file with the key of another, which may be the same. */
    public static KeyedCertificate keyed(Path certificates, Path key) {
        return new KeyedCertificate(key(key), certificates(certificates));
    }

    /** The first block of that label; an empty one when there is none. */
    static byte[] block(Path file, String label) {
        return blocks(read(file), label).stream().findFirst().orElse(new byte[0]);
    }

    private static List<byte[]> blocks(byte[] content, String label) {
        List<byte[]> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
        while (block.find()) {
            if (block.group(1).equals(label)) {
                found.add(Base64.getMimeDecoder().decode(block.group(2)));
            }
        }
        return found;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UnfitCertificateException("The file " + file + (Files.isDirectory(file) ? " is a folder: name the file in it."
                    : Files.exists(file) ? " cannot be read by this user." : " is not there."), e);
        }
    }
}
