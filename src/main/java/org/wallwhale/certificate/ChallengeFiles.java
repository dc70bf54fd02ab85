package org.wallwhale.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is answered to a certificate authority that looks whether a name is ours (HTTP-01, RFC 8555, section 8.3): a file for each token,
 * so that whoever has the port answers for whoever asked for the certificate.
 */
final class ChallengeFiles {
    static final String PATH = "/.well-known/acme-challenge/";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,200}");
    private final Path folder;

    ChallengeFiles(Path folder) {
        this.folder = folder;
    }

    void put(String token, String answer) {
        CertificateFiles.write(folder.resolve(checked(token)), answer, true);
    }

    void remove(String token) {
        try {
            Files.deleteIfExists(folder.resolve(checked(token)));
        } catch (IOException e) {
            throw new UncheckedIOException("The answer to a challenge could not be removed", e);
        }
    }

    Optional<String> find(String token) {
        try {
            return TOKEN.matcher(token).matches() ? Optional.of(Files.readString(folder.resolve(token))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** It comes from another server, and becomes a file's name. */
    private static String checked(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("The authority's token is none");
        }
        return token;
    }
}
