package org.wallwhale.certificate;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Remembers what a server shows, and takes any, or one alone. */
final class ShownCertificates extends X509ExtendedTrustManager {
    private final X509Certificate only;
    private volatile List<X509Certificate> chain = List.of();

    /** {@code only} may be null: then whoever asks judges what was shown. */
    ShownCertificates(X509Certificate only) {
        this.only = only;
    }

    /** Empty until something was shown. */
    List<X509Certificate> chain() {
        return chain;
    }

    private void look(X509Certificate[] shown) throws CertificateException {
        chain = List.of(shown);
        if (only != null && !only.equals(shown[0])) {
            throw new CertificateException("another certificate than this server's own is shown there");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String kind) throws CertificateException {
        look(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String kind, Socket socket) throws CertificateException {
        look(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String kind, SSLEngine engine) throws CertificateException {
        look(shown);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String kind) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String kind, Socket socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String kind, SSLEngine engine) {
        throw new UnsupportedOperationException();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
