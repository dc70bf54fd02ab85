package org.wallwhale.certificate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** What a server shows to whoever connects to it. Nothing is sent to it, since nobody has been trusted yet. */
public final class Handshake {
    private Handshake() {
    }

    /**
     * In the order in which it came.
     *
     * @throws UnfitCertificateException when something answers that shows no certificate
     * @throws IOException when nothing answers
     */
    public static List<X509Certificate> chain(String host, int port, Duration within) throws IOException {
        ShownCertificates shown = new ShownCertificates(null);
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), (int) within.toMillis());
            plain.setSoTimeout((int) within.toMillis());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {shown}, null);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
                socket.startHandshake();
            }
        } catch (SSLException e) {
            if (shown.chain().isEmpty()) {
                throw new UnfitCertificateException("What answers at " + host + " on port " + port + " shows no certificate: is it plain HTTP there?", e);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return shown.chain();
    }

    /** For calls to a server of this machine that shows exactly this certificate, whatever names it is for. */
    public static SSLContext only(X509Certificate certificate) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ShownCertificates(certificate)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
