package org.wallwhale.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose word on a server's name counts, where it is not the usual authorities'. */
final class Trust {
    private Trust() {
    }

    /** {@code file} has one or more certificates in PEM: of an authority, or of the server itself where that has signed its own. */
    static SSLContext in(Path file) {
        try (InputStream text = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(text)) {
                trusted.setCertificateEntry("certificate " + trusted.size(), certificate);
            }
            if (trusted.size() == 0) {
                throw unfit(file, "there is none in it");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw unfit(file, SystemReason.of(e));
        } catch (GeneralSecurityException e) {
            throw unfit(file, "what is in it is none");
        }
    }

    private static CommandFailure unfit(Path file, String why) {
        return new CommandFailure(CommandFailure.SETTINGS, "WALLWHALE_CA_FILE must name a file of certificates in PEM, but " + file
                + " cannot be read as one: " + why + ".");
    }
}
