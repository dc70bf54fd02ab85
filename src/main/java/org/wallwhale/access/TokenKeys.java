package org.wallwhale.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.SecretFile;

/**
 * The RSA key pair that signs our tokens: the configured one, else {@code secrets/token-key} in the data folder, made at first
 * start. Its file is PKCS #8 without a passphrase, PEM or DER (RFC 5208, RFC 7468).
 */
record TokenKeys(RSAPrivateCrtKey privateKey) {
    private static final String NAME = "token-key";
    private static final int MIN_BITS = 2048;
    private static final Pattern PEM = Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final String HOW_TO_MAKE = "\"openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072\" makes one";

    /** The start is refused by {@link #fault} before a bad file gets here, except where the server asks for the key before that. */
    static TokenKeys of(AccessConfig config, DataFolder folder) {
        Path file = config.tokenKeyFile().orElse(null);
        try {
            return new TokenKeys(parsed(file == null ? folder.secret(NAME, TokenKeys::freshPkcs8) : Files.readAllBytes(file)));
        } catch (IOException | GeneralSecurityException | ClassCastException | IllegalArgumentException e) {
            throw new IllegalStateException("The start is refused: " + (file == null ? "secrets/" + NAME + " in the data folder" : file)
                    + " is no usable token key.", e);
        }
    }

    static Path fileIn(Path dataFolder) {
        return dataFolder.resolve("secrets").resolve(NAME);
    }

    /** What is wrong with the key in this file, as the end of a sentence; empty when it can be used. */
    static Optional<String> fault(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            if (SecretFile.isOpenToOthers(file)) {
                return Optional.of("other users may read or change: set its mode to 600");
            }
            return parsed(content).getModulus().bitLength() < MIN_BITS
                    ? Optional.of("holds an RSA key of fewer than " + MIN_BITS + " bits; " + HOW_TO_MAKE) : Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be read as a file by this user");
        } catch (GeneralSecurityException | ClassCastException | IllegalArgumentException e) {
            return Optional.of("holds no whole RSA private key in PKCS #8 (PEM or DER) without a passphrase; " + HOW_TO_MAKE);
        }
    }

    private static RSAPrivateCrtKey parsed(byte[] content) throws GeneralSecurityException {
        Matcher pem = PEM.matcher(new String(content, StandardCharsets.ISO_8859_1));
        byte[] pkcs8 = pem.find() ? Base64.getMimeDecoder().decode(pem.group(1)) : content;
        return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    String publicPem() {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----";
    }

    RSAPublicKey publicKey() {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
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
