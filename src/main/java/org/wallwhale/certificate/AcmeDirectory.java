package org.wallwhale.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.AbstractAcmeProvider;

/** The certificate authority at one address, which may be one that only its operator knows. */
final class AcmeDirectory extends AbstractAcmeProvider {
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(20);
    private final AcmeWish wish;

    AcmeDirectory(AcmeWish wish) {
        this.wish = wish;
    }

    @Override
    public boolean accepts(URI address) {
        return address.equals(wish.directory());
    }

    @Override
    public URL resolve(URI address) {
        try {
            return address.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECTED_WITHIN).followRedirects(HttpClient.Redirect.NORMAL);
        wish.authority().ifPresent(pem -> client.sslContext(trusting(pem)));
        return client.build();
    }

    private static SSLContext trusting(String pem) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate one : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                store.setCertificateEntry("authority-" + store.size(), one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Those who vouch for the certificate authority cannot be trusted", e);
        }
    }
}
